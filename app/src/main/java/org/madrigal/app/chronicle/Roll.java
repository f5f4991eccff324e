package org.madrigal.app.chronicle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.MemberStory.Standing;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;

/** The members while a history goes on. Written by one thread; {@link #stories} is a value. */
final class Roll {

  static final int STRANGER = -1;

  private final Map<MemberId, Integer> places = new HashMap<>();
  private List<MemberStory> stories = List.of();

  /** Learns who the members are, once. */
  void learn(Charter charter) {
    List<MemberStory> all = new ArrayList<>();
    for (Member member : charter.roster()) {
      places.put(member.id(), all.size());
      all.add(MemberStory.of(member));
    }
    stories = List.copyOf(all);
  }

  boolean isKnown() {
    return !stories.isEmpty();
  }

  int size() {
    return stories.size();
  }

  List<MemberStory> stories() {
    return stories;
  }

  int placeOf(@Nullable MemberId member) {
    return member == null ? STRANGER : places.getOrDefault(member, STRANGER);
  }

  /** The same pseudonym as one object for all lines, where it is a member's. */
  MemberId interned(MemberId member) {
    int place = placeOf(member);
    return place == STRANGER ? member : stories.get(place).member().id();
  }

  void change(@Nullable MemberId member, UnaryOperator<MemberStory> how) {
    int place = placeOf(member);
    if (place != STRANGER) {
      List<MemberStory> changed = new ArrayList<>(stories);
      changed.set(place, how.apply(changed.get(place)));
      stories = List.copyOf(changed);
    }
  }

  void took(List<MemberId> contributors, List<MemberId> absent, String reason, Position at) {
    contributors.forEach(each -> change(each, MemberStory::contributed));
    absent.forEach(each -> change(each, story -> story.stands(Standing.ABSENT, reason, at)));
  }
}

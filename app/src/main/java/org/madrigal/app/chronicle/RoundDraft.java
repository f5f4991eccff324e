package org.madrigal.app.chronicle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.chronicle.RoundStory.Ending;
import org.madrigal.app.chronicle.RoundStory.Task;
import org.madrigal.core.protocol.MemberId;

/** A round while it is under way. */
final class RoundDraft {

  /** The most remarks that are kept of one round. */
  private static final int REMARKS = 200;

  private final int number;
  private final Task task;
  private final Place opened;
  private Place last;
  private Ending ending = Ending.OPEN;
  private Optional<Place> closed = Optional.empty();
  private List<MemberId> contributors = List.of();
  private List<MemberId> absent = List.of();
  private List<SlotStory> slots = List.of();
  private Optional<ModelMark> model = Optional.empty();
  private SortedMap<String, Double> figures = new TreeMap<>();
  private long statements;
  private long rejected;
  private Amounts bytes;
  private List<Remark> remarks = List.of();
  private Optional<UpdateSample> update = Optional.empty();
  private Optional<ModelChange> change = Optional.empty();

  RoundDraft(int number, Task task, Place opened, int members) {
    this.number = number;
    this.task = task;
    this.opened = opened;
    this.last = opened;
    this.bytes = Amounts.zero(members);
  }

  int number() {
    return number;
  }

  boolean isOpen() {
    return ending == Ending.OPEN;
  }

  void count(Place at, int place, Line line) {
    last = at;
    statements++;
    rejected += line.reason().isPresent() ? 1 : 0;
    bytes = bytes.plus(place, line.bytes());
  }

  void widen(int members) {
    bytes = bytes.widened(members);
  }

  void remark(Place at, String sentence) {
    if (remarks.size() < REMARKS) {
      remarks = plus(remarks, new Remark(at.position(), sentence));
    }
  }

  void sample(Optional<UpdateSample> seen) {
    update = update.or(() -> seen);
  }

  void measure(SortedMap<String, Double> more) {
    figures = new TreeMap<>(figures);
    figures.putAll(more);
  }

  /** The members are at this attempt. */
  void at(int slot) {
    if (slots.isEmpty() || slots.getLast().number() < slot) {
      slots = plus(slots, SlotStory.open(slot));
    }
  }

  void endSlot(SlotStory story) {
    at(story.number());
    List<SlotStory> changed = new ArrayList<>(slots);
    changed.replaceAll(each -> each.number() == story.number() ? story : each);
    slots = List.copyOf(changed);
  }

  void survivors(List<MemberId> members, List<MemberId> without) {
    contributors = members;
    absent = without;
  }

  void gives(ModelMark mark) {
    model = Optional.of(mark);
  }

  void changes(ModelChange by) {
    change = Optional.of(by);
  }

  void end(Ending how, Place at) {
    if (ending == Ending.OPEN || ending == Ending.CLOSED) {
      ending = how;
      closed = Optional.of(at);
    }
  }

  RoundStory freeze() {
    return new RoundStory(
        number,
        task,
        ending,
        opened,
        last,
        closed,
        contributors,
        absent,
        slots,
        model,
        figures,
        new RoundStory.Counts(statements, rejected, bytes),
        remarks,
        update,
        change);
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return List.copyOf(longer);
  }
}

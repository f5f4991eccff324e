package org.madrigal.app.rest;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.MemberStory;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;

/** {@code GET /api/v1/members}: who takes part, and how. */
final class MembersEndpoint implements Endpoint {

  private final Site site;

  MembersEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/members");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    Charter charter = FederationEndpoint.charter(call);
    SortedMap<MemberId, SortedSet<MemberId>> votes =
        call.now()
            .state()
            .federation()
            .map(federation -> federation.membership().votes())
            .orElse(Collections.emptySortedMap());
    return Json.object()
        .put(
            "members",
            call.now().members().stream()
                .map(story ->
                    member(
                        charter,
                        story,
                        votes.getOrDefault(story.member().id(), Collections.emptySortedSet())))
                .toList())
        .map();
  }

  private Map<String, @Nullable Object> member(
      Charter charter, MemberStory story, SortedSet<MemberId> votesAgainst) {
    MemberId id = story.member().id();
    return Json.object()
        .put("id", id.value())
        .put("name", site.names().apply(id))
        .put("key", story.member().key().text())
        .put("weight", FederationEndpoint.weight(charter, story.member()))
        .put("enrolled", RoundJson.place(story.enrolled()))
        .put("ledger", story.ledger().orElse(null))
        .put("state", story.standing().word())
        .put("reason", story.why().map(RoundJson::sentence).orElse(null))
        .put("since", story.since().map(Position::value).orElse(null))
        .put("roundsTakenPart", story.rounds())
        .put("statements", story.statements())
        .put("rejected", story.rejected())
        .put("bytes", story.bytes())
        .put("lastSpoke", RoundJson.place(story.spoke()))
        .put("votesAgainst", RoundJson.names(votesAgainst))
        .put("isThisNode", site.isThisNode(id))
        .map();
  }
}

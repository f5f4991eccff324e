package org.madrigal.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.app.rest.Contract;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.EpochKeys;

@Timeout(120)
final class EndpointsTest {

  private static final Contract CONTRACT = Contract.committed();
  private static final List<String> ALL =
      List.of(
          "/api/v1",
          "/api/v1/federation",
          "/api/v1/status",
          "/api/v1/members",
          "/api/v1/rounds",
          "/api/v1/rounds/{n}",
          "/api/v1/statements",
          "/api/v1/statements/{position}",
          "/api/v1/series",
          "/api/v1/traffic",
          "/api/v1/audit",
          "/api/v1/models",
          "/api/v1/models/{round}",
          "/healthz",
          "/readyz");

  @TempDir private Path folder;

  private static void conform(Served served, String number) {
    for (String path : ALL) {
      JsonNode answer = served.json(path.replaceAll("\\{.*}", number));
      assertThat(CONTRACT.faultsOfAnswer(path, "get", answer)).as(path + answer).isEmpty();
    }
  }

  @Test
  void everyAnswerIsWhatTheDocumentSays() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 3).run()) {
      federation.say(new MemberId("va"), new Statement.Enrolment(federation.ledger()));
      try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
        conform(served, "0");
        conform(served, "3");
      }
    }
  }

  @Test
  void everyAnswerIsWhatTheDocumentSaysWhileMembersEnrol() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 3)) {
      federation.say(new MemberId("va"), new Statement.Founding(federation.charter()));
      federation.say(new MemberId("va"), new Statement.Enrolment(federation.ledger()));
      try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
        for (String path : ALL) {
          if (!path.startsWith("/api/v1/models/")) {
            JsonNode answer = served.json(path.replaceAll("\\{.*}", "0"));
            assertThat(CONTRACT.faultsOfAnswer(path, "get", answer)).as(path + answer).isEmpty();
          }
        }
        JsonNode status = served.json("/api/v1/status");
        assertThat(status.get("phase").asText()).isEqualTo("enrolling");
        assertThat(status.get("awaited").toString())
            .isEqualTo("[\"cleveland\",\"hungary\",\"switzerland\"]");
        assertThat(status.get("words").asText())
            .isEqualTo("The members enrol: waiting for cleveland, hungary, switzerland.");
      }
    }
  }

  @Test
  void everyAnswerIsWhatTheDocumentSaysOfSecrets() throws IOException, InterruptedException {
    SecretFederation federation = SecretFederation.trained(folder, "masked");
    try (Served served = Served.folder(federation.ledger(), EpochKeys.NONE, Served.open())) {
      conform(served, "1");
      JsonNode round = served.json("/api/v1/rounds/1");
      assertThat(round.get("sample").get("ledger").get("of").asText()).isEqualTo("bytes");
      assertThat(round.get("sample").get("opened").isNull()).isTrue();
      assertThat(round.get("slotList").findValuesAsText("kind"))
          .contains("commitment", "masked-update", "unmasking");
      assertThat(round.get("survivors").size()).isEqualTo(4);
      JsonNode audit = served.json("/api/v1/audit");
      assertThat(audit.get("scope").asText()).isEqualTo("public");
      JsonNode model = served.json("/api/v1/models/1");
      assertThat(model.get("recomputed").asBoolean()).isFalse();
      assertThat(model.get("digest").asText()).isEqualTo(federation.models().getFirst().hex());
      assertThat(model.get("attestedBy").asInt()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void whatIsServedIsWhatTheDocumentNames() {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      Set<String> known = new TreeSet<>();
      for (String operation : CONTRACT.operations()) {
        String[] words = operation.split(" ", 2);
        int status =
            served.send(words[0], words[1].replaceAll("\\{.*}", "0") + "?no=1", "").statusCode();
        assertThat(status).as(operation).isIn(400, 415);
        known.add(words[1]);
      }
      assertThat(known).containsAll(ALL).contains("/api/v1/predict", "/api/v1/events", "/metrics");
      served
          .json("/api/v1")
          .get("links")
          .forEach(link ->
              assertThat(served.send("PUT", link.asText(), "").statusCode())
                  .as(link.asText())
                  .isEqualTo(405));
    }
  }

  @Test
  void tellsARoundStepByStep() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 3).run()) {
      federation.say(new MemberId("va"), new Statement.Enrolment(federation.ledger()));
    }
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      JsonNode round = served.json("/api/v1/rounds/2");
      assertThat(round.get("state").asText()).isEqualTo("closed");
      assertThat(round.get("survivors").size()).isEqualTo(4);
      JsonNode steps = round.get("slotList").get(0).get("steps");
      assertThat(steps.size()).isEqualTo(4);
      assertThat(steps.get(0).get("kind").asText()).isEqualTo("update");
      assertThat(steps.get(3).get("happened").get(0).asText())
          .startsWith("Round 2 gives the model ");
      assertThat(round.get("sample").get("ledger").get("of").asText()).isEqualTo("values");
      assertThat(round.get("sample").get("opened").get("values").get(0).asDouble()).isPositive();
      JsonNode last = served.json("/api/v1/rounds/3");
      assertThat(last.get("rejected").asInt()).isEqualTo(1);
      assertThat(last.get("slotList").get(0).findValuesAsText("reason"))
          .contains("SECOND_STATEMENT");
      assertThat(served.json("/api/v1/rounds/0").get("task").asText()).isEqualTo("preparation");
    }
  }

  @Test
  void tellsFiguresByRoundAndThinsThemOut() {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 7).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      JsonNode all = served.json("/api/v1/series");
      assertThat(all.get("rounds").toString()).isEqualTo("[1,2,3,4,5,6,7]");
      assertThat(all.get("figures").get("test.accuracy").get(6).asDouble()).isEqualTo(0.65);
      assertThat(all.get("thinned").asBoolean()).isFalse();
      JsonNode some = served.json("/api/v1/series?points=3");
      assertThat(some.get("rounds").toString()).isEqualTo("[1,4,7]");
      assertThat(some.get("thinned").asBoolean()).isTrue();
      JsonNode traffic = served.json("/api/v1/traffic?limit=2");
      assertThat(traffic.get("rounds").get(1).get("bytes").size()).isEqualTo(4);
      long sum = 0;
      for (JsonNode each : served.json("/api/v1/traffic").get("rounds")) {
        sum += each.get("total").asLong();
      }
      assertThat(sum).isEqualTo(traffic.get("total").asLong());
    }
  }

  @Test
  void listsStatementsPageByPageAndFiltersThem() {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 3).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      List<Long> up = walk(served, "/api/v1/statements?limit=5", "statements", "position");
      List<Long> down =
          walk(served, "/api/v1/statements?limit=5&order=desc", "statements", "position");
      assertThat(up).hasSize(1 + 4 + 1 + 12 + 4).isSorted().doesNotHaveDuplicates();
      assertThat(down).isEqualTo(up.reversed());
      assertThat(walk(served, "/api/v1/rounds?limit=2", "rounds", "round"))
          .containsExactly(0L, 1L, 2L, 3L);
      assertThat(walk(served, "/api/v1/models?limit=3", "models", "round"))
          .containsExactly(0L, 1L, 2L, 3L);
      assertThat(
              walk(
                  served,
                  "/api/v1/statements?kind=update&author=va&limit=2",
                  "statements",
                  "position"))
          .hasSize(3);
      assertThat(served.json("/api/v1/statements?rejected=true").get("statements").size()).isZero();
      assertThat(served.json("/api/v1/statements?round=2").get("statements").size()).isEqualTo(4);
    }
  }

  private static List<Long> walk(Served served, String first, String list, String name) {
    List<Long> all = new ArrayList<>();
    String next = first;
    while (next != null) {
      JsonNode page = served.json(next);
      page.get(list).forEach(each -> all.add(each.get(name).asLong()));
      next = page.get("next").isNull() ? null : page.get("next").asText();
    }
    return all;
  }

  @Test
  void takesAStatementApart() {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      JsonNode update = served.json("/api/v1/statements/6");
      assertThat(update.get("kind").asText()).isEqualTo("update");
      assertThat(update.get("fields").get(0).toString())
          .isEqualTo("{\"name\":\"round\",\"value\":\"1\"}");
      assertThat(update.get("attachment").get("hex").asText()).isNotEmpty();
      assertThat(update.get("signature").asText()).hasSize(128);
    }
  }

  @Test
  void tellsOfMembers() {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2)) {
      federation.step();
      federation.step();
      MemberId va = new MemberId("va");
      for (String voter : List.of("cleveland", "hungary", "switzerland")) {
        federation.say(new MemberId(voter), new Statement.Vote(va, "it is gone"));
      }
      federation.run();
    }
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      JsonNode members = served.json("/api/v1/members").get("members");
      JsonNode va = members.get(3);
      assertThat(va.get("id").asText()).isEqualTo("va");
      assertThat(va.get("state").asText()).isEqualTo("excluded");
      assertThat(va.get("reason").asText()).isEqualTo("The others voted it out.");
      assertThat(va.get("votesAgainst").size()).isEqualTo(3);
      assertThat(members.get(0).get("state").asText()).isEqualTo("active");
      assertThat(members.get(0).get("roundsTakenPart").asInt()).isEqualTo(2);
      assertThat(served.json("/api/v1/status").get("phase").asText()).isEqualTo("finished");
      assertThat(served.json("/api/v1/status").get("progress").get("fraction").asDouble())
          .isEqualTo(1);
    }
  }
}

package org.madrigal.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.rest.Contract;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.EpochKeys;

@Timeout(60)
final class EventsTest {

  private static final Contract CONTRACT = Contract.committed();

  @TempDir private Path folder;

  record Told(String id, String event, JsonNode data) {}

  /** Listens, and reads so many events. */
  private static final class Listener implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    Listener(Served served, String query, String... headers) throws IOException {
      socket = Raw.connect(served.port());
      StringBuilder request = new StringBuilder("GET /api/v1/events" + query + " HTTP/1.0\r\n");
      request.append("Host: 127.0.0.1\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).contains(" 200 ");
      String line = in.readLine();
      while (!line.startsWith("retry:")) {
        line = in.readLine();
      }
    }

    List<Told> next(int count) throws IOException {
      List<Told> told = new ArrayList<>();
      String id = "";
      String event = "";
      while (told.size() < count) {
        String line = in.readLine();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          JsonNode data = Contract.JSON.readTree(line.substring(6));
          assertThat(CONTRACT.faults(CONTRACT.schema("Event"), data)).isEmpty();
          told.add(new Told(id, event, data));
        }
      }
      return told;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void tellsOfEntriesRejectionsAndRoundsAsTheyCome() throws IOException {
    Path ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 1)) {
      MemberId va = new MemberId("va");
      federation.say(va, new Statement.Founding(federation.charter()));
      try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open());
          Listener listener = new Listener(served, "")) {
        federation.say(va, new Statement.Enrolment(federation.ledger()));
        federation.say(va, new Statement.Enrolment(federation.ledger()));
        served.readOn();
        List<Told> told = listener.next(2);
        assertThat(told).extracting(Told::event).containsExactly("entry", "rejection");
        assertThat(told).extracting(Told::id).containsExactly("1", "2");
        assertThat(told.getFirst().data().get("sentence").asText()).isEqualTo("va takes part.");
        federation.run();
        served.readOn();
        List<Told> rest = listener.next(3 + 1 + 4 + 4 + 1);
        assertThat(rest).extracting(Told::event).contains("round");
        assertThat(rest.stream().filter(each -> each.event().equals("round")).toList().getLast())
            .satisfies(
                last -> assertThat(last.data().get("sentence").asText()).startsWith("Round "));
      }
    }
  }

  @Test
  void goesOnBehindTheLastIdThatAClientSaw() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 2).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open());
        Listener resumed = new Listener(served, "", "Last-Event-ID: 3");
        Listener asked = new Listener(served, "?after=15")) {
      assertThat(resumed.next(1).getFirst().id()).isEqualTo("4");
      assertThat(asked.next(2)).extracting(Told::id).containsExactly("16", "17");
    }
  }

  @Test
  void doesNotTellEverythingOneByOneToWhoIsFarBehind() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 300).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open());
        Listener listener = new Listener(served, "?after=0")) {
      Told first = listener.next(1).getFirst();
      assertThat(first.event()).isEqualTo("gap");
      assertThat(first.id()).isEqualTo(Integer.toString(served.chronicle().now().size() - 1));
    }
  }

  @Test
  void tellsThatALedgerIsBrokenAlsoWhereNoEntryComes() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open());
        Listener listener = new Listener(served, "")) {
      served.chronicle().broken(Position.FIRST, "a byte was changed");
      Told told = listener.next(1).getFirst();
      assertThat(told.event()).isEqualTo("verdict");
      assertThat(told.id()).isEmpty();
      assertThat(told.data().get("sentence").asText())
          .startsWith("The ledger is broken at position 0");
      assertThat(told.data().get("time").isNull()).isTrue();
    }
  }

  @Test
  void refusesAnIdThatIsNone() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    try (Served served = Served.folder(ledger, EpochKeys.NONE, Served.open())) {
      assertThat(served.get("/api/v1/events", "Last-Event-ID", "x").statusCode()).isEqualTo(400);
      assertThat(served.get("/api/v1/events?after=x").statusCode()).isEqualTo(400);
    }
  }
}

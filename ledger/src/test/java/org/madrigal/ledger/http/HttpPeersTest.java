package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.Peers;
import org.madrigal.ledger.PeersContract;
import org.madrigal.ledger.TestClock;

/** Attachments over HTTP, from servers that do what they should. */
final class HttpPeersTest extends PeersContract {

  private static final MemberId GAMMA = new MemberId("gamma");
  private static final SigningKey KEY = Fixtures.key(13);
  private static final Attachment DATA = Attachment.of(Bytes.takeOver(new byte[] {1, 2, 3}));

  private final TestClock clock = TestClock.of2026();
  private final List<AttachmentServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(AttachmentServer::close);
  }

  private AttachmentServer serve(Map<Digest, Attachment> kept) {
    AttachmentServer server =
        AttachmentServer.start(
            digest -> Optional.ofNullable(kept.get(digest)).map(Attachment::content),
            LedgerServerConfig.of("127.0.0.1", 0, null),
            member -> member.equals(GAMMA) ? Optional.of(KEY.verifyingKey()) : Optional.empty(),
            clock);
    servers.add(server);
    return server;
  }

  private Peers peers(SortedMap<MemberId, URI> addresses, SigningKey key) {
    return HttpPeers.of(addresses, GAMMA, key, Optional.empty(), clock);
  }

  @Override
  protected Peers open(SortedMap<MemberId, SortedMap<Digest, Attachment>> kept) {
    TreeMap<MemberId, URI> addresses = new TreeMap<>();
    kept.forEach((member, attachments) -> addresses.put(member, serve(attachments).uri()));
    return peers(addresses, KEY);
  }

  private static SortedMap<MemberId, URI> only(URI address) {
    return new TreeMap<>(Map.of(ALPHA, address));
  }

  @Test
  void turnsAwayWhoIsNoMember() throws Exception {
    URI address = serve(Map.of(DATA.ref().sha256(), DATA)).uri();
    try (Peers stranger = peers(only(address), Fixtures.key(99))) {
      assertThatThrownBy(() -> stranger.fetch(ALPHA, DATA.ref()))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
          .hasMessageContaining("answers 401");
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> unsigned =
          client.send(
              HttpRequest.newBuilder(
                      address.resolve(Protocol.ATTACHMENTS + DATA.ref().sha256().hex()))
                  .build(),
              BodyHandlers.ofString());
      assertThat(unsigned.statusCode()).isEqualTo(401);
      assertThat(unsigned.body()).contains("not signed").doesNotContain("sha");
    }
  }

  /** Nothing but a digest is a name: not a path, not upper case, not a part of one. */
  @Test
  void servesDigestsOnly() throws Exception {
    URI address = serve(Map.of(DATA.ref().sha256(), DATA)).uri();
    Transport transport = new Transport(new Caller(address, GAMMA, KEY, null), clock, Pace.USUAL);
    String hex = DATA.ref().sha256().hex();
    for (String name :
        List.of(
            "../journal",
            "..%2f..%2fkey.pem",
            hex.toUpperCase(Locale.ROOT),
            hex.substring(1),
            hex + "/",
            "")) {
      assertThatThrownBy(() -> transport.get(Protocol.ATTACHMENTS + name))
          .as(name)
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.status()).isIn(400, 404));
    }
    assertThat(transport.get(Protocol.ATTACHMENTS + hex)).contains(DATA.content());
    transport.close();
  }

  @Test
  void speaksTlsWithWhomItTrusts(@TempDir Path folder) throws Exception {
    TestCertificate made = TestCertificate.make(folder);
    AttachmentServer server =
        AttachmentServer.start(
            digest -> Optional.of(DATA.content()),
            LedgerServerConfig.of("127.0.0.1", 0, Tls.pem(made.certificate, made.key)),
            member -> Optional.of(KEY.verifyingKey()),
            clock);
    servers.add(server);
    assertThat(server.uri().getScheme()).isEqualTo("https");
    try (Peers trusting =
            HttpPeers.of(only(server.uri()), GAMMA, KEY, Optional.of(made.certificate), clock);
        Peers others = peers(only(server.uri()), KEY)) {
      assertThat(trusting.fetch(ALPHA, DATA.ref())).contains(DATA);
      assertThatThrownBy(() -> others.fetch(ALPHA, DATA.ref()))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
          .hasMessageContaining("certificate is not one that is trusted");
    }
  }

  @Test
  void saysWhereNobodyListens() throws Exception {
    AttachmentServer server = serve(Map.of());
    URI address = server.uri();
    server.close();
    try (Peers peers = peers(only(address), KEY)) {
      assertThatThrownBy(() -> peers.fetch(ALPHA, DATA.ref()))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
          .hasMessageContaining("the node of 'alpha' at")
          .hasMessageContaining("nobody listens");
    }
  }

  @Test
  void aShelfThatFailsIsNoBugOfTheServer() throws Exception {
    AttachmentServer server =
        AttachmentServer.start(
            digest -> {
              throw new IllegalStateException("the disk failed");
            },
            LedgerServerConfig.of("127.0.0.1", 0, null),
            member -> Optional.of(KEY.verifyingKey()),
            clock);
    servers.add(server);
    try (Peers peers = peers(only(server.uri()), KEY)) {
      assertThatThrownBy(() -> peers.fetch(ALPHA, DATA.ref()))
          .hasMessageContaining("answers 503: This member cannot read its attachments now");
    }
  }

  @Test
  void refusesAddressesWithoutTlsOnOtherMachines() {
    assertThatThrownBy(() -> peers(only(URI.create("http://192.0.2.1:8444")), KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Refusing to reach the node of alpha")
        .hasMessageContaining("write https://");
    assertThatThrownBy(() -> peers(only(URI.create("192.0.2.1:8444")), KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

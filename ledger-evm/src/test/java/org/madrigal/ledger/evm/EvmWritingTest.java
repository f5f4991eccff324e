package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.LedgerException;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/** Transactions that do not get into a block at once, and networks that ask nothing for them. */
@Tag("evm")
@Timeout(120)
final class EvmWritingTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SEND = "eth_sendRawTransaction";

  @TempDir private Path folder;

  /** The transactions that a node was given, in order. */
  private final List<RawTransaction> given = new CopyOnWriteArrayList<>();

  @Test
  void offersMoreForATransactionThatIsInNoBlock() throws Exception {
    try (Anvil anvil = Anvil.start()) {
      EvmLedgerId contract = Contracts.make(anvil);
      anvil.tell("evm_setAutomine", false);
      try (NodeProxy node =
              NodeProxy.with(request -> {
                NodeProxy.Answer answer = NodeProxy.passing(anvil.uri()).answer(request);
                if (note(request) && given.size() == 2) {
                  anvil.tell("evm_mine");
                }
                return answer;
              });
          EvmLedger ledger = open(contract, anvil, "copy", Duration.ofMillis(500), node.uri())) {
        ledger.append(statement(1), Optional.empty());
        assertThat(ledger.read(Position.FIRST, 2, LONG)).hasSize(1);
      }
      assertThat(given).hasSize(2);
      assertThat(given.getLast().getNonce()).isEqualTo(given.getFirst().getNonce());
      assertThat(most(given.getLast()).multiply(BigInteger.valueOf(4)))
          .isGreaterThanOrEqualTo(most(given.getFirst()).multiply(BigInteger.valueOf(5)));
    }
  }

  private static BigInteger most(RawTransaction transaction) {
    return ((Transaction1559) transaction.getTransaction()).getMaxFeePerGas();
  }

  @Test
  void saysItAgainWhereAnotherTransactionTookTheNumber() throws Exception {
    try (Anvil anvil = Anvil.start()) {
      EvmLedgerId contract = Contracts.make(anvil);
      try (NodeProxy node =
              NodeProxy.with(request -> {
                if (!note(request) || given.size() > 1) {
                  return NodeProxy.passing(anvil.uri()).answer(request);
                }
                sendAnother(anvil, given.getFirst().getNonce().longValueExact());
                return NodeProxy.Answer.result("0x" + "00".repeat(32));
              });
          EvmLedger ledger = open(contract, anvil, "copy", Duration.ofMillis(200), node.uri())) {
        ledger.append(statement(1), Optional.empty());
        assertThat(ledger.read(Position.FIRST, 2, LONG)).hasSize(1);
      }
      assertThat(given).hasSize(2);
      assertThat(given.getLast().getNonce())
          .isEqualTo(given.getFirst().getNonce().add(BigInteger.ONE));
    }
  }

  private static void sendAnother(Anvil anvil, long number) throws InterruptedException {
    Fee fee =
        new Fee.Dynamic(BigInteger.valueOf(1_000_000_000), BigInteger.valueOf(10_000_000_000L));
    Transaction other =
        new Transaction(
            Anvil.CHAIN, number, fee, 21_000, Optional.of(anvil.key(1).address()), Bytes.EMPTY);
    anvil.tell(SEND, "0x" + other.sign(anvil.key(0)).hex());
  }

  @Test
  void needsNoMoneyWhereGasIsFreeAndThereIsNoBaseFee() throws Exception {
    try (Anvil anvil = Anvil.start("--hardfork", "berlin", "--gas-price", "0")) {
      EvmLedgerId contract = Contracts.make(anvil);
      anvil.tell("anvil_setBalance", anvil.key(0).address().toString(), "0x0");
      try (NodeProxy node =
              NodeProxy.with(request -> {
                note(request);
                return NodeProxy.passing(anvil.uri()).answer(request);
              });
          EvmLedger ledger = open(contract, anvil, "copy", LONG, node.uri())) {
        ledger.append(statement(1), Optional.of(attachment(1_000)));
        assertThat(ledger.read(Position.FIRST, 2, LONG)).hasSize(1);
      }
      assertThat(given)
          .hasSize(2)
          .allSatisfy(each -> assertThat(each.getGasPrice()).isEqualTo(BigInteger.ZERO));
    }
  }

  @Test
  void goesOnWithTheUploadThatACrashBrokeOff() throws Exception {
    Attachment attachment = attachment(3 * StatementWriter.PIECE - 1);
    try (Anvil anvil = Anvil.start()) {
      EvmLedgerId contract = Contracts.make(anvil);
      try (NodeProxy node =
              NodeProxy.with(request ->
                  note(request) && given.size() > 1
                      ? new NodeProxy.Answer(503, "")
                      : NodeProxy.passing(anvil.uri()).answer(request));
          EvmLedger ledger =
              EvmLedger.open(
                  Contracts.config(
                      contract,
                      anvil.key(0),
                      folder.resolve("copy"),
                      Contracts.OPTIONS.patientFor(Duration.ofMillis(500)),
                      node.uri()))) {
        assertThatThrownBy(() -> ledger.append(statement(1), Optional.of(attachment)))
            .isInstanceOf(LedgerException.class);
      }
      given.clear();
      try (NodeProxy node =
              NodeProxy.with(request -> {
                note(request);
                return NodeProxy.passing(anvil.uri()).answer(request);
              });
          EvmLedger ledger = open(contract, anvil, "copy", LONG, node.uri())) {
        ledger.append(statement(1), Optional.of(attachment));
        List<Entry> entries = ledger.read(Position.FIRST, 2, LONG);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().attachment()).contains(attachment);
      }
      assertThat(given).as("two pieces and the statement").hasSize(3);
    }
  }

  /** Notes a transaction that is handed in; says whether it was one. */
  private boolean note(JsonNode request) {
    if (!request.path("method").asText().equals(SEND)) {
      return false;
    }
    given.add(TransactionDecoder.decode(request.path("params").path(0).asText()));
    return true;
  }

  private EvmLedger open(
      EvmLedgerId contract, Anvil anvil, String copy, Duration stuck, URI... nodes) {
    return EvmLedger.open(
        Contracts.config(
            contract,
            anvil.key(0),
            folder.resolve(copy),
            Contracts.OPTIONS.stuckAfter(stuck),
            nodes));
  }

  private static Attachment attachment(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    return Attachment.of(Bytes.takeOver(content));
  }

  private static SignedStatement statement(int number) {
    return SignedStatement.of(
        Bytes.copyOf("statement %d".formatted(number).getBytes(StandardCharsets.UTF_8)));
  }
}

package org.madrigal.core.protocol;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.protocol.Strategy.FedAdagrad;
import org.madrigal.core.protocol.Strategy.FedAdam;
import org.madrigal.core.protocol.Strategy.FedAvg;
import org.madrigal.core.protocol.Strategy.FedAvgM;
import org.madrigal.core.protocol.Strategy.FedProx;
import org.madrigal.core.protocol.Strategy.FedYogi;

/**
 * Charters as bytes: deterministic CBOR.
 *
 * <pre>
 * charter  = [version=1, name, h'salt', [member, ...], recipe, initial, training, rules]
 * member   = [pseudonym, h'key', weight]
 * recipe   = see RecipeCodec
 * initial  = [1, algorithm, seed] | [2, h'digest']
 * training = [rounds, strategy, fraction], and true at the end where the last model is judged, or
 *            whether it is, and the aggregation, where that is not the plain mean: AggregationCodec
 * strategy = [1] FedAvg | [2, rate, momentum] FedAvgM | [3, mu] FedProx
 *          | [4, rate, beta1, tau] FedAdagrad | [5, rate, beta1, beta2, tau] FedAdam
 *          | [6, rate, beta1, beta2, tau] FedYogi
 * rules    = [privacy, weighting, enrolment ms, round ms, minimum, votes, bound]
 *            and, unless privacy is none, secrecy,
 *            and, where weights are masked, rows of a step, largest weight,
 *            and, where attachments may lie off the ledger, custody
 * secrecy  = [colluders, threshold, bits, rounding, step ms, epoch]
 * custody  = [most bytes on the ledger, receipts]
 * </pre>
 */
final class CharterCodec {

  private CharterCodec() {}

  static Bytes encode(Charter charter) {
    return CborWriter.encode(w -> {
      w.array(8).integer(StatementCodec.VERSION).text(charter.name()).bytes(charter.salt());
      w.list(
          charter.roster(),
          member ->
              w.array(3)
                  .text(member.id().value())
                  .bytes(member.key().encoded())
                  .integer(member.weight()));
      RecipeCodec.write(w, charter.recipe());
      writeInitial(w, charter.initial());
      writeTraining(w, charter.training());
      writeRules(w, charter.rules());
    });
  }

  static Charter decode(Bytes bytes) throws MalformedException {
    Charter charter = CborReader.decode(bytes, CharterCodec::read);
    if (!encode(charter).equals(bytes)) {
      throw new MalformedException("the charter is not in its deterministic encoding");
    }
    return charter;
  }

  private static Charter read(CborReader r) throws IOException, MalformedException {
    r.array();
    long version = r.integer();
    if (version != StatementCodec.VERSION) {
      throw new MalformedException(
          "the charter is of version %d of the protocol; this version knows %d"
              .formatted(version, StatementCodec.VERSION));
    }
    Charter charter =
        new Charter(
            r.text(),
            r.bytes(),
            r.list(CharterCodec::readMember),
            RecipeCodec.read(r),
            readInitial(r),
            readTraining(r),
            readRules(r));
    r.end();
    return charter;
  }

  private static Member readMember(CborReader r) throws IOException, MalformedException {
    r.array();
    Member member =
        new Member(new MemberId(r.text()), VerifyingKey.of(r.bytes()), r.smallInteger());
    r.end();
    return member;
  }

  private static void writeInitial(CborWriter w, Initial initial) {
    switch (initial) {
      case Initial.Drawn drawn ->
          w.array(3).integer(1).integer(drawn.by().code()).integer(drawn.seed());
      case Initial.Pinned pinned -> w.array(2).integer(2).digest(pinned.digest());
    }
  }

  private static Initial readInitial(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Initial initial;
    if (kind == 1) {
      initial =
          new Initial.Drawn(
              r.code("initialisation", Initialisation.values(), Initialisation::code), r.integer());
    } else if (kind == 2) {
      initial = new Initial.Pinned(r.digest());
    } else {
      throw new MalformedException("initial models of kind %d are unknown".formatted(kind));
    }
    r.end();
    return initial;
  }

  private static void writeTraining(CborWriter w, Training training) {
    boolean plain = training.aggregation().isPlain();
    w.array(plain ? training.evaluation() ? 4 : 3 : 5).integer(training.rounds());
    writeStrategy(w, training.strategy());
    w.real(training.fraction());
    if (training.evaluation() || !plain) {
      w.bool(training.evaluation());
    }
    if (!plain) {
      AggregationCodec.write(w, training.aggregation());
    }
  }

  private static Training readTraining(CborReader r) throws IOException, MalformedException {
    r.array();
    int rounds = r.smallInteger();
    Strategy strategy = readStrategy(r);
    double fraction = r.real();
    boolean evaluation = r.hasMore() && r.bool();
    Aggregation aggregation = r.hasMore() ? AggregationCodec.read(r) : Aggregation.MEAN;
    Training training = new Training(rounds, strategy, fraction, evaluation, aggregation);
    r.end();
    return training;
  }

  private static void writeStrategy(CborWriter w, Strategy strategy) {
    switch (strategy) {
      case FedAvg s -> w.array(1).integer(1);
      case FedAvgM s -> w.array(3).integer(2).real(s.rate()).real(s.momentum());
      case FedProx s -> w.array(2).integer(3).real(s.mu());
      case FedAdagrad s -> w.array(4).integer(4).real(s.rate()).real(s.beta1()).real(s.tau());
      case FedAdam s ->
          w.array(5).integer(5).real(s.rate()).real(s.beta1()).real(s.beta2()).real(s.tau());
      case FedYogi s ->
          w.array(5).integer(6).real(s.rate()).real(s.beta1()).real(s.beta2()).real(s.tau());
    }
  }

  private static Strategy readStrategy(CborReader r) throws IOException, MalformedException {
    r.array();
    long kind = r.integer();
    Strategy strategy;
    if (kind == 1) {
      strategy = new FedAvg();
    } else if (kind == 2) {
      strategy = new FedAvgM(r.real(), r.real());
    } else if (kind == 3) {
      strategy = new FedProx(r.real());
    } else if (kind == 4) {
      strategy = new FedAdagrad(r.real(), r.real(), r.real());
    } else if (kind == 5) {
      strategy = new FedAdam(r.real(), r.real(), r.real(), r.real());
    } else if (kind == 6) {
      strategy = new FedYogi(r.real(), r.real(), r.real(), r.real());
    } else {
      throw new MalformedException("strategies of kind %d are unknown".formatted(kind));
    }
    r.end();
    return strategy;
  }

  private static void writeRules(CborWriter w, Rules rules) {
    boolean masked = rules.weighting() instanceof Weighting.Masked;
    int secrecyAndCustody =
        (int) (rules.secrecy().stream().count() + rules.custody().stream().count());
    w.array(7 + secrecyAndCustody + (masked ? 2 : 0));
    w.integer(rules.privacy().code()).integer(rules.weighting().code());
    w.integer(rules.deadlines().enrolment().toMillis());
    w.integer(rules.deadlines().round().toMillis());
    w.integer(rules.minimum()).integer(rules.votes()).integer(rules.bound());
    rules.secrecy().ifPresent(secrecy -> writeSecrecy(w, secrecy));
    if (rules.weighting() instanceof Weighting.Masked(int rows, int most)) {
      w.integer(rows).integer(most);
    }
    rules
        .custody()
        .ifPresent(
            custody -> w.array(2).integer(custody.onLedgerUpTo()).integer(custody.receipts()));
  }

  private static void writeSecrecy(CborWriter w, Secrecy secrecy) {
    w.array(6).integer(secrecy.colluders()).integer(secrecy.threshold());
    w.integer(secrecy.bits()).integer(secrecy.rounding().code());
    w.integer(secrecy.step().toMillis()).integer(secrecy.epoch());
  }

  private static Rules readRules(CborReader r) throws IOException, MalformedException {
    r.array();
    Privacy privacy = r.code("privacy", Privacy.values(), Privacy::code);
    long weights = r.integer();
    Deadlines deadlines =
        new Deadlines(Duration.ofMillis(r.integer()), Duration.ofMillis(r.integer()));
    int minimum = r.smallInteger();
    int votes = r.smallInteger();
    int bound = r.smallInteger();
    Optional<Secrecy> secrecy =
        privacy == Privacy.NONE ? Optional.empty() : Optional.of(readSecrecy(r));
    Weighting weighting = readWeighting(r, weights);
    Optional<Custody> custody = r.hasMore() ? Optional.of(readCustody(r)) : Optional.empty();
    r.end();
    return new Rules(privacy, weighting, deadlines, minimum, votes, bound, secrecy, custody);
  }

  private static Custody readCustody(CborReader r) throws IOException, MalformedException {
    r.array();
    Custody custody = new Custody(r.smallInteger(), r.smallInteger());
    r.end();
    return custody;
  }

  private static Weighting readWeighting(CborReader r, long kind)
      throws IOException, MalformedException {
    if (kind == 1) {
      return new Weighting.Equal();
    }
    if (kind == 2) {
      return new Weighting.Declared();
    }
    if (kind == 3) {
      return new Weighting.Masked(r.smallInteger(), r.smallInteger());
    }
    throw new MalformedException("weights of kind %d are unknown".formatted(kind));
  }

  private static Secrecy readSecrecy(CborReader r) throws IOException, MalformedException {
    r.array();
    Secrecy secrecy =
        new Secrecy(
            r.smallInteger(),
            r.smallInteger(),
            r.smallInteger(),
            r.code("rounding", Secrecy.Rounding.values(), Secrecy.Rounding::code),
            Duration.ofMillis(r.integer()),
            r.smallInteger());
    r.end();
    return secrecy;
  }
}

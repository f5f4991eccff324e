package org.madrigal.app.node;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.view.EventWords;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Rejection;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;
import org.madrigal.node.Ending;
import org.madrigal.node.NodeEvent;
import org.madrigal.node.NodeListener;

/** Tells people, line by line, what a node does, and at the end why it ended. */
final class NodeVoice implements NodeListener {

  private final Output output;
  private final MemberFile file;
  private final EventWords words;
  private boolean caughtUp;

  NodeVoice(Output output, MemberFile file) {
    this.output = output;
    this.file = file;
    this.words = new EventWords(file::nameOf);
  }

  @Override
  public void on(NodeEvent event) {
    switch (event) {
      case NodeEvent.Judged judged -> judged(judged.entry(), judged.outcome());
      case NodeEvent.CaughtUp(var head) -> {
        caughtUp = true;
        output.say("Caught up: %s entries on the ledger.".formatted(head.position()));
      }
      case NodeEvent.Began began -> output.say("Working on: " + began.slot().description());
      case NodeEvent.Signed signed -> output.say("Signed: " + signed.slot().description());
      case NodeEvent.Abandoned abandoned ->
          output.say("Given up, nobody waits for it: " + abandoned.slot().description());
      case NodeEvent.Resting resting ->
          output.say(
              "The policy allows no training at this hour: waiting until %s."
                  .formatted(resting.until()));
      case NodeEvent.Requested requested ->
          output.say("Request %s: %s".formatted(requested.name(), requested.answer()));
      case NodeEvent.Trouble trouble -> output.warn(trouble.sentence());
      case NodeEvent.Waiting waiting -> output.say(waiting.sentence() + ".");
    }
  }

  private void judged(Entry entry, Outcome outcome) {
    if (outcome.verdict() instanceof Verdict.Rejected(Rejection rejection)) {
      output.say(
          "Entry %s by %s was refused: %s (%s)"
              .formatted(
                  entry.position(),
                  outcome.envelope().map(Envelope::author).map(file::nameOf).orElse("nobody"),
                  rejection.detail(),
                  rejection.reason()));
    }
    outcome.events().forEach(this::happened);
  }

  private void happened(Event event) {
    switch (event) {
      case Event.Founded founded -> output.say("The federation is founded.");
      case Event.Started started ->
          output.say("Training begins from the model %s.".formatted(started.model().digest()));
      case Event.RoundOpened opened -> {
        if (caughtUp) {
          output.say("Round %s: waiting for %s.".formatted(opened.round(), names(opened.cohort())));
        }
      }
      case Event.RoundClosed closed ->
          output.say(
              "Round %s is closed with %d updates%s; its model is %s."
                  .formatted(
                      closed.model().round(),
                      closed.contributors().size(),
                      closed.absent().isEmpty() ? "" : ", without " + names(closed.absent()),
                      closed.model().digest()));
      case Event.MemberExcluded excluded ->
          output.say("The members excluded %s.".formatted(file.nameOf(excluded.member())));
      case Event.TrainingFinished finished -> output.say("Every round has produced its model.");
      case Event.FederationHalted halted ->
          output.say("The federation halted: %d members are left.".formatted(halted.remaining()));
      case Event.MemberLetGo gone -> sayNews(gone);
      case Event.MaskingBegan began -> sayNews(began);
      case Event.FiguresOpened opened -> sayNews(opened);
      case Event.EpochBegan e -> say(e);
      case Event.KeysAgreed e -> say(e);
      case Event.KeyDealt e -> say(e);
      case Event.ModelAttested e -> {}
      case Event.AttachmentAvailable e -> {}
      case Event.SlotOpened e -> say(e);
      case Event.SlotAbandoned e -> say(e);
      case Event.TaskGivenUp e -> say(e);
      case Event.StatisticsOpened e -> say(e);
      case Event.EvaluationOpened e -> say(e);
      case Event.RoundDiscarded e -> say(e);
      case Event.MemberConvicted e -> say(e);
    }
  }

  private void sayNews(Event event) {
    if (caughtUp) {
      say(event);
    }
  }

  private void say(Event event) {
    words.of(event).map(NodeVoice::capital).map(NodeVoice::sentence).ifPresent(output::say);
  }

  private static String capital(String clause) {
    return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
  }

  private String names(Collection<MemberId> members) {
    return String.join(", ", members.stream().map(file::nameOf).toList());
  }

  /** Prints why the node ended, and gives the exit code. */
  ExitCode farewell(Ending ending, State state) {
    return switch (ending) {
      case Ending.Finished finished -> {
        List<String> attested = finished.attested().stream().map(MemberId::value).toList();
        output.result(
            json("finished", state)
                .put("round", finished.model().round().value())
                .put("model", finished.model().digest().hex())
                .put("attested", attested)
                .map(),
            out -> {
              out.printf("Finished. The model is %s,%n", finished.model().digest());
              out.printf("attested by %s.%n", String.join(", ", attested));
            });
        yield ExitCode.OK;
      }
      case Ending.FinishedUnread unread -> {
        output.result(
            json("finished", state).put("round", unread.round().value()).put("model", null).map(),
            out ->
                out.printf(
                    "Finished after round %s, but '%s' was not given every epoch key and cannot read"
                        + " the model; ask another member for 'madrigal key grant-audit'.%n",
                    unread.round(), file.member()));
        yield ExitCode.CLOSED;
      }
      case Ending.Stopped stopped -> {
        output.result(
            json("stopped", state).map(), out -> out.println("Stopped; start it again to go on."));
        yield ExitCode.OK;
      }
      case Ending.Halted halted ->
          throw new Failure(
              ExitCode.HALTED,
              "The federation has halted: %d members are left, below the minimum."
                  .formatted(halted.remaining()));
      case Ending.Excluded excluded ->
          throw new Failure(
              ExitCode.EXCLUDED, "The other members voted '%s' out.".formatted(file.member()));
      case Ending.Forked forked -> throw new Failure(ExitCode.FORK, sentence(forked.sentence()));
      case Ending.UnknownVoice voice ->
          throw new Failure(ExitCode.UNKNOWN_VOICE, sentence(voice.sentence()));
      case Ending.Failed failed -> throw failed.cause();
      case Ending.LedgerFailed failed ->
          throw new Failure(ExitCode.UNREACHABLE, sentence(failed.sentence()));
    };
  }

  private Json json(String ending, State state) {
    return Json.object()
        .put("member", file.member().value())
        .put("ending", ending)
        .put("head", state.history().head().toString());
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}

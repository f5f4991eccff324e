package org.madrigal.app.cli;

import java.util.Locale;

/** How a command ended; docs/exit-codes.md has a section for each. Numbers never change meaning. */
public enum ExitCode {
  /** Done. */
  OK(0, "The command did what it was asked."),
  /** The command line is wrong: unknown command or option, a missing or impossible argument. */
  USAGE(2, "The command line is wrong."),
  /** A ledger or model is not what its history says. */
  BROKEN(3, "The ledger is broken: the audit names the first entry that is wrong."),
  /** A file that was given says what it must not: charter, member file, data, key. */
  BAD_INPUT(4, "A file that was given is missing, malformed or cannot work."),
  /** The passphrase does not open the key file. */
  WRONG_PASSPHRASE(5, "The passphrase does not open the key file."),
  /** Another process uses the folder. */
  LOCKED(6, "Another process uses the folder."),
  /** The ledger does not answer. */
  UNREACHABLE(7, "The ledger cannot be reached."),
  /** The ledger shows two histories: somebody lies. */
  FORK(8, "The ledger contradicts what it said before."),
  /** The disk is full, or does not store what it is given. */
  STORAGE(9, "The disk is full or fails."),
  /** The site's own policy, or the owner's missing approval, forbids it. */
  REFUSED(10, "The site's policy or a missing approval forbids it."),
  /** What was asked for is not there yet, such as the model of a round that is open. */
  NOT_YET(11, "What was asked for does not exist yet."),
  /** The address cannot be listened on: the port is in use or not allowed. */
  ADDRESS_IN_USE(12, "The address to listen on is in use or not allowed."),
  /** The federation has halted: too few members are left. */
  HALTED(13, "The federation has halted."),
  /** A file would be overwritten. */
  EXISTS(14, "A file is there already and is not overwritten."),
  /** A preflight check failed; doctor says what to do. */
  UNFIT(15, "A preflight check failed."),
  /** Training failed on this member's data. */
  TRAINING(16, "Training failed on this member's data."),
  /** The other members voted this one out. */
  EXCLUDED(17, "The other members voted this member out."),
  /** A statement of this member is on the ledger that its journal does not know. */
  UNKNOWN_VOICE(18, "This member's journal is lost or old: the ledger knows more."),
  /** Measured figures are not what was published. */
  DIFFERENT(19, "Measured figures differ from the published ones."),
  /** A model is closed to who has no epoch key; a member can grant one. */
  CLOSED(20, "A model is closed: the epoch key that opens it was not given."),
  /** The simulator of faults found a promise that does not hold. */
  VIOLATION(21, "The simulator found a broken promise."),
  /** A defect of Madrigal. */
  BUG(70, "A defect of Madrigal."),
  /** Ended by Ctrl-C (SIGINT), in good order. */
  INTERRUPTED(130, "Ended by Ctrl-C."),
  /** Ended by SIGTERM, in good order. */
  TERMINATED(143, "Ended by a request to terminate.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** One sentence. */
  public String meaning() {
    return meaning;
  }

  /** The name in JSON and documents, such as {@code bad-input}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

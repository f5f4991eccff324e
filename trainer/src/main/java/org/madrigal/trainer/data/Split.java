package org.madrigal.trainer.data;

/** The two parts of a member's rows. */
public enum Split {
  /** The rows a model is trained on. */
  TRAIN("train"),
  /** The rows a model is judged by. */
  TEST("test");

  private final String kind;

  Split(String kind) {
    this.kind = kind;
  }

  /** The name in files, command line and JSON. */
  public String kind() {
    return kind;
  }
}

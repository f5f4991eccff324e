package org.madrigal.app.yaml;

/**
 * One of several kinds, such as {@code relu} or {@code linear: {out: 3}}.
 *
 * @param name the kind
 * @param value its settings, or the word itself where it stands alone
 * @param bare whether it stands alone
 */
public record Kind(String name, Value value, boolean bare) {

  /**
   * Its settings; a kind without any may stand alone.
   *
   * @param known every key that may be there
   */
  public Section section(String... known) {
    return bare ? Section.empty(value, known) : value.section(known);
  }

  /** That there is nothing to set. */
  public void nothingToSet() {
    if (!bare) {
      throw value.wrong("%s has no settings; write only the word.".formatted(name));
    }
  }
}

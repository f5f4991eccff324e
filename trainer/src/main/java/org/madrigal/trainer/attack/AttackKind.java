package org.madrigal.trainer.attack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The attacks that are known. */
public enum AttackKind {
  /** Every label l of c classes becomes c - 1 - l (Tolpegin et al. 2020; Fang et al. 2020). */
  LABEL_FLIP("labels turned round before training", 1),

  /** Half of the rows carry a pattern and the label 0; the update is made larger. */
  BACKDOOR("half of the images with a white corner and label 0, the update S times as large", 1),

  /** The update turned round. */
  SIGN_FLIP("the update times -S", 1),

  /** The update made larger. */
  SCALE("the update times S", 10),

  /** Normal numbers with the mean and spread of the members' updates (Fang et al. 2020). */
  GAUSSIAN("normal numbers, S times as spread as the members' updates", 1),

  /** Nothing: who takes part without training. */
  FREE_RIDER("an update of zeros", 1),

  /** A little is enough (Baruch et al. 2019, arXiv 1902.06156). */
  ALIE(
      "a little is enough: the honest mean minus z standard deviations, S times the z that their number allows",
      1),

  /** Inner-product manipulation (Xie et al. 2019, arXiv 1903.03936). */
  INNER_PRODUCT("the honest mean times -S", 0.5),

  /** The full-knowledge attack on trimmed mean and median (Fang et al. 2020, section 4.3). */
  FANG_MEAN(
      "beyond the extremes of the honest updates, against the direction in which they go, by a factor of up to 1 + S",
      1),

  /** The full-knowledge attack on Krum (Fang et al. 2020, section 4.2). */
  FANG_KRUM("as far against the honest direction as Krum still chooses", 1);

  private final String text;
  private final double usual;

  AttackKind(String text, double usual) {
    this.text = text;
    this.usual = usual;
  }

  /** The name on command lines, such as {@code sign-flip}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What an attacker sends, in words; S is the strength. */
  public String text() {
    return text;
  }

  /** The strength unless another is asked for. */
  public double usual() {
    return usual;
  }

  Attack with(double strength) {
    return switch (this) {
      case LABEL_FLIP -> new LabelFlip();
      case BACKDOOR -> new Backdoor(strength);
      case SIGN_FLIP -> new Multiple(-strength);
      case SCALE -> new Multiple(strength);
      case GAUSSIAN -> new Gaussian(strength);
      case FREE_RIDER -> new Multiple(0);
      case ALIE -> new LittleIsEnough(strength);
      case INNER_PRODUCT -> new InnerProduct(strength);
      case FANG_MEAN -> new FangMean(strength);
      case FANG_KRUM -> new FangKrum();
    };
  }

  /**
   * The kind of that name.
   *
   * @throws IllegalArgumentException in a sentence with all names
   */
  public static AttackKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is no attack; known: %s"
                    .formatted(
                        word,
                        Arrays.stream(values())
                            .map(AttackKind::word)
                            .collect(Collectors.joining(", ")))));
  }
}

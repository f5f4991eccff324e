package org.madrigal.app.charter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.Cli;
import org.madrigal.app.config.CharterTexts;
import org.madrigal.core.crypto.SigningKey;

class CharterCommandTest {

  @TempDir Path folder;

  @Test
  void beginsACharterThatCanWork() throws IOException {
    Path file = folder.resolve("charter.yaml");

    Cli.Result made = Cli.run("charter", "new", "--name", "A: \"test\"", "--out", file);
    Cli.Result checked = Cli.run("charter", "check", file, "--json");

    assertThat(made.exit()).isZero();
    assertThat(checked.exit()).isZero();
    JsonNode json = checked.json();
    assertThat(json.get("name").asText()).isEqualTo("A: \"test\"");
    assertThat(json.get("charter").isNull()).isTrue();
    assertThat(json.get("parameters").asInt()).isEqualTo(3);
    assertThat(json.get("privacy").asText()).isEqualTo("masked");
    assertThat(json.get("warnings").toString()).doesNotContain("sees each single update");
    assertThat(Files.readString(file)).contains("# drawn for this federation");
  }

  @Test
  void fillsInTheMembersThatItIsGiven() {
    Cli.Result made =
        Cli.run(
            "charter",
            "new",
            "--member",
            "a=" + key(1),
            "--member",
            "b=" + key(2),
            "--member",
            "c=" + key(3));
    Cli.Result wrong =
        Cli.run(
            "charter", "new", "--member", "a=x", "--member", "b=" + key(2), "--privacy", "none");

    assertThat(made.exit()).isZero();
    assertThat(made.out()).contains("  a: {key: \"" + key(1) + "\", weight: 1}");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("A public key is written ed25519:");
  }

  @Test
  void saysThatMaskingNeedsThree() {
    Object[] two = {"charter", "new", "--member", "a=" + key(1), "--member", "b=" + key(2)};
    Object[] open = Arrays.copyOf(two, 8);
    open[6] = "--privacy";
    open[7] = "none";

    Cli.Result refused = Cli.run(two);
    Cli.Result made = Cli.run(open);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("Masking needs 3 members or more", "--privacy none")
        .hasLineCount(1);
    assertThat(made.exit()).isZero();
    assertThat(made.err()).contains("everybody who reads the ledger sees each single update");
    assertThat(made.out()).contains("privacy: none  #").doesNotContain("colluders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"masked", "members", "none"})
  void beginsACharterOfEveryPrivacy(String privacy) throws IOException {
    Path file = folder.resolve("charter.yaml");
    Cli.run("charter", "new", "--privacy", privacy, "--out", file);

    Cli.Result checked = Cli.run("charter", "check", file, "--json");

    assertThat(checked.exit()).as(checked.err()).isZero();
    assertThat(checked.json().get("privacy").asText()).isEqualTo(privacy);
    assertThat(Cli.run("charter", "new", "--privacy", "most").exit()).isEqualTo(2);
  }

  @Test
  void warnsLoudlyOfACharterWithoutPrivacy() throws IOException {
    String text = CharterTexts.IMAGES.replace("{a: {}, b: {}}", keys());
    Path file = Files.writeString(folder.resolve("c.yaml"), text);
    String sentence = "everybody who reads the ledger sees each single update";

    assertThat(Cli.run("charter", "show", file).err()).contains(sentence).hasLineCount(1);
    assertThat(Cli.run("charter", "check", file).out()).containsOnlyOnce(sentence);
    assertThat(Cli.run("charter", "show", file, "--json").json().get("hides").toString())
        .contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {rule: median}                     | 3 | 1 of the 4 updates of a full round cannot carry the model away, and 1 of the 3
          {rule: {trimmed-mean: {cut: 1}}}   | 4 | 1 of the 4 updates of a round cannot carry the model away
          {rule: {centred-clipping: {radius: 1}}} | 3 | each moves the model by the radius at most
          {rule: median}                     | 2 | Note: A round of 2 updates withstands no liar at all
          {rule: mean, clip: 1}              | 3 | Note: Clipping bounds how far one liar moves the model
          """)
  void saysHowManyLiarsARuleWithstands(String aggregation, int minimum, String words)
      throws IOException {
    String text =
        CharterTexts.HOSPITALS
            .replace("minimum: 3", "minimum: " + minimum)
            .replace("privacy: none\n", "privacy: none\nweights: equal\n")
            .replace("training:\n", "training:\n  aggregation: " + aggregation + "\n");
    Path file = Files.writeString(folder.resolve("c.yaml"), text);

    Cli.Result result = Cli.run("charter", "check", file);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains(words);
  }

  @Test
  void warnsOfVotesThatDoNotFitTheLiars() throws IOException {
    String text =
        CharterTexts.HOSPITALS
            .replace("privacy: none\n", "privacy: none\nweights: equal\n")
            .replace("training:\n", "training:\n  aggregation: {rule: median}\n");
    Path one = Files.writeString(folder.resolve("a.yaml"), text + "votes: 1\n");
    Path two = Files.writeString(folder.resolve("b.yaml"), text + "votes: 2\n");

    assertThat(Cli.run("charter", "check", one).out())
        .contains("so many liars can exclude an honest one");
    assertThat(Cli.run("charter", "check", two).out()).doesNotContain("liars can exclude");
    assertThat(Cli.run("charter", "check", one, "--json").json().get("withstands").asInt())
        .isEqualTo(1);
  }

  @Test
  void drawsAnotherSaltEachTime() {
    String one = Cli.run("charter", "new", "--json").json().get("salt").asText();
    String two = Cli.run("charter", "new", "--json").json().get("salt").asText();

    assertThat(one).hasSize(32).isNotEqualTo(two);
  }

  @Test
  void neverWritesOverACharter() throws IOException {
    Path file = Files.writeString(folder.resolve("charter.yaml"), "mine");

    Cli.Result result = Cli.run("charter", "new", "--out", file);

    assertThat(result.exit()).isEqualTo(14);
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void showsTheSameCharterAgain() throws IOException {
    String text = CharterTexts.IMAGES.replace("{a: {}, b: {}}", keys());
    Path file = Files.writeString(folder.resolve("c.yaml"), text);

    Cli.Result shown = Cli.run("charter", "show", file);
    Path again = Files.writeString(folder.resolve("d.yaml"), shown.out());

    assertThat(shown.exit()).isZero();
    JsonNode first = Cli.run("charter", "show", file, "--json").json();
    assertThat(Cli.run("charter", "show", again, "--json").json()).isEqualTo(first);
    assertThat(shown.out()).contains(first.get("charter").asText());
  }

  @Test
  void saysWhereACharterIsWrong() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"), CharterTexts.HOSPITALS.replace("minimum: 3", "minimum: 9"));

    Cli.Result result = Cli.run("charter", "check", file, "--json");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err())
        .isEqualTo(
            "madrigal: %s:32:10: The minimum of 9 members is above the number of members, 4.%n"
                .formatted(file));
    assertThat(result.json().get("error").asText()).isEqualTo("bad-input");
  }

  @Test
  void refusesToShowACharterWithoutKeys() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), CharterTexts.HOSPITALS);

    assertThat(Cli.run("charter", "check", file).exit()).isZero();
    Cli.Result result = Cli.run("charter", "show", file);
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("has no key");
  }

  private static String keys() {
    return "{a: {key: \"%s\"}, b: {key: \"%s\"}}".formatted(key(1), key(2));
  }

  private static String key(long seed) {
    return SigningKey.generate(new Random(seed)).verifyingKey().text();
  }
}

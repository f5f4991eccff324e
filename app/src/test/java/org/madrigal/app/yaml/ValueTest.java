package org.madrigal.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueTest {

  @TempDir Path folder;

  @Test
  void readsEveryTypeOfValue() {
    Section file =
        YamlDocument.parse(
                "f.yaml",
                """
                text: a b
                number: 1_000
                real: 1e-8
                flag: true
                list: [x, 2]
                wait: 1h30m
                """)
            .section("text", "number", "real", "flag", "list", "wait");

    assertThat(file.required("text").text()).isEqualTo("a b");
    assertThat(file.required("number").integer(0, 1000)).isEqualTo(1000);
    assertThat(file.required("real").real()).isEqualTo(1e-8);
    assertThat(file.required("flag").flag()).isTrue();
    assertThat(file.required("list").texts()).containsExactly("x", "2");
    assertThat(file.required("wait").duration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(file.optional("absent")).isEmpty();
  }

  @Test
  void suggestsTheNearestKeyForAnUnknownOne() {
    assertRefused(
        "training:\n  ronds: 3\n",
        file -> file.section("training").required("training").section("rounds", "local"),
        "f.yaml:2:3: The key 'ronds' is unknown in training; did you mean 'rounds'? Known: rounds,"
            + " local.");
  }

  @Test
  void listsTheKnownKeysWhereNoneIsNear() {
    assertRefused(
        "bananas: 3\n",
        file -> file.section("rounds", "local"),
        "f.yaml:1:1: The key 'bananas' is unknown; known: rounds, local.");
  }

  @Test
  void refusesTheSameKeyTwice() {
    assertRefused(
        "a: 1\nb: 2\na: 3\n",
        file -> file.section("a", "b"),
        "f.yaml:3:1: The key 'a' is there twice; remove one.");
  }

  @Test
  void namesAMissingKey() {
    assertRefused(
        "a: {b: 1}\n",
        file -> file.section("a").required("a").section("b", "c").required("c"),
        "f.yaml:1:4: The key 'c' is missing in a.");
  }

  @Test
  void refusesValuesOfAnotherType() {
    assertRefused(
        "a: x\n", file -> a(file).integer(1, 5), "f.yaml:1:4: a must be a whole number, not 'x'.");
    assertRefused(
        "a: 1.5\n",
        file -> a(file).integer(1, 5),
        "f.yaml:1:4: a must be a whole number, not '1.5'.");
    assertRefused(
        "a: \"3\"\n",
        file -> a(file).integer(1, 5),
        "f.yaml:1:4: a must be a whole number, not '3'.");
    assertRefused(
        "a: .nan\n", file -> a(file).real(), "f.yaml:1:4: a must be a number, not '.nan'.");
    assertRefused(
        "a: 1e999\n", file -> a(file).real(), "f.yaml:1:4: a must be a number, not '1e999'.");
    assertRefused(
        "a: yes\n", file -> a(file).flag(), "f.yaml:1:4: a must be true or false, not 'yes'.");
    assertRefused("a: [1]\n", file -> a(file).text(), "f.yaml:1:4: a must be a text, not a list.");
    assertRefused("a:\n", file -> a(file).text(), "f.yaml:1:3: a must be a text, not nothing.");
    assertRefused(
        "a: {b: 1}\n",
        file -> a(file).list(),
        "f.yaml:1:4: a must be a list, not keys with values.");
    assertRefused(
        "[1]\n",
        file -> file.section("a"),
        "f.yaml:1:1: The file must be keys with values, not a list.");
    assertRefused(
        "a: 5 minutes\n",
        file -> a(file).duration(),
        "f.yaml:1:4: a must be a duration such as 30s, 10m, 1h30m or 2d, not '5 minutes'.");
    assertRefused(
        "a: \"x\\0y\"\n", file -> a(file).path(folder), "f.yaml:1:4: a must be a path, not 'x y'.");
  }

  @Test
  void refusesDurationsThatNoClockCounts() {
    String sum = "999999999999d".repeat(200);
    assertRefused(
        "a: 36500d1ms\n",
        file -> a(file).duration(),
        "f.yaml:1:4: a must be a duration of at most 36500d, not '36500d1ms'.");
    assertRefused(
        "a: " + sum + "\n",
        file -> a(file).duration(),
        "f.yaml:1:4: a must be a duration of at most 36500d, not '"
            + sum.substring(0, 57)
            + "...'.");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertRefused(
        "a: 6\n",
        file -> a(file).integer(1, 5),
        "f.yaml:1:4: a must be a whole number from 1 to 5, not '6'.");
    assertRefused(
        "a: 99999999999999999999\n",
        file -> a(file).integer(1, 5),
        "f.yaml:1:4: a must be a whole number from 1 to 5, not '99999999999999999999'.");
  }

  @Test
  void suggestsTheNearestChoice() {
    assertRefused(
        "a: fedyogi\n",
        file -> a(file).choice(List.of("fed-yogi", "fed-adam"), Function.identity()),
        "f.yaml:1:4: 'fedyogi' is not known as a; did you mean 'fed-yogi'? Known: fed-yogi,"
            + " fed-adam.");
  }

  @Test
  void readsKindsWithAndWithoutSettings() {
    Value bare = a(YamlDocument.parse("f.yaml", "a: relu"));
    Value set = a(YamlDocument.parse("f.yaml", "a: {linear: {out: 3}}"));

    assertThat(bare.kind("relu", "linear").name()).isEqualTo("relu");
    Kind linear = set.kind("relu", "linear");
    assertThat(linear.name()).isEqualTo("linear");
    assertThat(linear.section("out").required("out").integer(1, 9)).isEqualTo(3);
    assertRefused(
        "a: {relu: 1, linear: 2}",
        file -> a(file).kind("relu", "linear"),
        "f.yaml:1:4: a has one kind, not 2; choose one of relu, linear.");
    assertRefused(
        "a: {reluu: 1}",
        file -> a(file).kind("relu", "linear"),
        "f.yaml:1:4: 'reluu' is not known as a; did you mean 'relu'? Known: relu, linear.");
  }

  @Test
  void saysOfItsPlaceWhatARecordRefused() {
    assertRefused(
        "a: 1",
        file ->
            a(file)
                .checked(() -> {
                  throw new IllegalArgumentException("It cannot be 1");
                }),
        "f.yaml:1:4: It cannot be 1.");
  }

  @Test
  void refusesWhatIsNoSingleDocument() {
    assertRefused("", file -> {}, "f.yaml is empty.");
    assertRefused("# nothing\n", file -> {}, "f.yaml is empty.");
    assertRefused(
        "a: 1\n---\nb: 2\n",
        file -> {},
        "f.yaml:2:1: A second document begins here; one is expected.");
    assertThatThrownBy(() -> YamlDocument.parse("f.yaml", "a: [1, 2\nb: 3"))
        .isInstanceOf(YamlException.class)
        .hasMessageStartingWith("f.yaml:2:")
        .hasMessageContaining("This is not YAML");
    assertThatThrownBy(() -> YamlDocument.parse("f.yaml", "a: \u0007"))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("This is not YAML");
  }

  @Test
  void refusesAnchorsAndAliases() {
    assertRefused(
        "a: &x [1]\nb: [*x, *x]\n",
        file -> {},
        "f.yaml:1:4: Anchors (&) and aliases (*) are not allowed; write it out.");
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> YamlDocument.parse("f.yaml", "[".repeat(60) + "]".repeat(60)))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void namesFilesThatCannotBeRead() throws Exception {
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> YamlDocument.read(absent))
        .isInstanceOf(YamlException.class)
        .hasMessage("There is no file " + absent + ".");
    assertThatThrownBy(() -> YamlDocument.read(folder))
        .isInstanceOf(YamlException.class)
        .hasMessage(folder + " is a folder, not a YAML file.");
    Path latin =
        Files.write(folder.resolve("l.yaml"), "ä: 1".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> YamlDocument.read(latin))
        .isInstanceOf(YamlException.class)
        .hasMessage(latin + " is not a text in UTF-8.");
    Path large = Files.write(folder.resolve("b.yaml"), new byte[YamlDocument.MAX_BYTES + 1]);
    assertThatThrownBy(() -> YamlDocument.read(large))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("at most 4194304");
  }

  private static Value a(Value file) {
    return file.section("a", "b").required("a");
  }

  private static void assertRefused(String text, Consumer<Value> read, String message) {
    assertThatThrownBy(() -> read.accept(YamlDocument.parse("f.yaml", text)))
        .isInstanceOf(YamlException.class)
        .hasMessage(message);
  }
}

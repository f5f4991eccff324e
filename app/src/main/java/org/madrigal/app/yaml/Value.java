package org.madrigal.app.yaml;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a YAML file, which knows its place. Each question throws if it is of another type. */
public final class Value {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+(?:_[0-9]+)*");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

  private final String file;
  private final String path;
  private final Node node;
  private final Node name;

  Value(String file, String path, Node node) {
    this(file, path, node, node);
  }

  private Value(String file, String path, Node node, Node name) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.name = name;
  }

  /** Where it stands among the keys, such as {@code training.local}; empty for the document. */
  String path() {
    return path;
  }

  /**
   * Its keys and values.
   *
   * @param known every key that may be there; another one is refused
   */
  public Section section(String... known) {
    return Section.of(this, entries("keys with values"), List.of(known));
  }

  /** Its keys and values, whatever the keys, in the order of the file. */
  public Map<String, Value> entries(String expectation) {
    if (!(node instanceof MappingNode mapping)) {
      throw expected(expectation);
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Value(file, path, tuple.getKeyNode()).wrong("A key is a single word.");
      }
      String name = key.getValue();
      Value value =
          new Value(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode(), key);
      if (entries.put(name, value) != null) {
        throw value.wrongKey(
            "The key '%s' is there twice%s; remove one.".formatted(name, within()));
      }
    }
    return entries;
  }

  /** The values of a list. */
  public List<Value> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw expected("a list");
    }
    List<Value> values = new ArrayList<>(sequence.getValue().size());
    for (Node each : sequence.getValue()) {
      values.add(new Value(file, path + "[" + values.size() + "]", each));
    }
    return values;
  }

  /** The texts of a list. */
  public List<String> texts() {
    return list().stream().map(Value::text).toList();
  }

  /** Whether it is a single word or text, and not a list or keys with values. */
  public boolean isText() {
    return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
  }

  /** A text; numbers and words count as the text that they are written as. */
  public String text() {
    if (!(node instanceof ScalarNode scalar) || !isText()) {
      throw expected("a text");
    }
    return scalar.getValue();
  }

  /** A whole number within bounds, both included. */
  public long integer(long least, long most) {
    String text = plain();
    if (!INTEGER.matcher(text).matches()) {
      throw expected("a whole number");
    }
    try {
      long value = Long.parseLong(text.replace("_", ""));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Beyond a long, so beyond the bounds too.
    }
    throw expected("a whole number from %d to %d".formatted(least, most));
  }

  /** A whole number within bounds, both included. */
  public int smallInteger(int least, int most) {
    return Math.toIntExact(integer(least, most));
  }

  /** A finite number. */
  public double real() {
    String text = plain();
    if (!REAL.matcher(text).matches() || !Double.isFinite(Double.parseDouble(text))) {
      throw expected("a number");
    }
    return Double.parseDouble(text);
  }

  /** {@code true} or {@code false}. */
  public boolean flag() {
    return switch (plain()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw expected("true or false");
    };
  }

  /**
   * A path; a relative one begins at {@code folder}.
   *
   * @param folder of the file that this value is in
   */
  public Path path(Path folder) {
    try {
      return folder.resolve(text());
    } catch (InvalidPathException e) {
      throw expected("a path");
    }
  }

  /** A duration such as {@code 10m}, {@code 1h30m} or {@code 500ms}; a hundred years at most. */
  public Duration duration() {
    Matcher matcher = DURATION.matcher(plain());
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end && sum.compareTo(LONGEST) <= 0) {
      long count = Long.parseLong(matcher.group(1));
      sum =
          sum.plus(
              switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
              });
      end = matcher.end();
    }
    if (sum.compareTo(LONGEST) > 0) {
      throw expected("a duration of at most %dd".formatted(LONGEST.toDays()));
    }
    if (end == 0 || end != plain().length()) {
      throw expected("a duration such as 30s, 10m, 1h30m or 2d");
    }
    return sum;
  }

  /** One of several words. */
  public <T> T choice(List<T> choices, Function<T, String> name) {
    String text = text();
    for (T choice : choices) {
      if (name.apply(choice).equals(text)) {
        return choice;
      }
    }
    List<String> names = choices.stream().map(name).toList();
    throw wrong(
        "'%s' is not known as %s; %s.".formatted(text, pathOrDocument(), suggestion(text, names)));
  }

  /**
   * One of several kinds with settings of their own: a bare word, or a single key with its
   * settings.
   *
   * @param kinds every kind
   */
  public Kind kind(String... kinds) {
    List<String> known = List.of(kinds);
    if (isText()) {
      return new Kind(choice(known, Function.identity()), this, true);
    }
    Map<String, Value> entries = entries("one of " + String.join(", ", known));
    if (entries.size() != 1) {
      throw wrong(
          "%s has one kind, not %d; choose one of %s."
              .formatted(capital(pathOrDocument()), entries.size(), String.join(", ", known)));
    }
    Map.Entry<String, Value> only = entries.entrySet().iterator().next();
    if (!known.contains(only.getKey())) {
      throw wrong(
          "'%s' is not known as %s; %s."
              .formatted(only.getKey(), pathOrDocument(), suggestion(only.getKey(), known)));
    }
    return new Kind(only.getKey(), only.getValue(), false);
  }

  /** What {@code made} gives; where it refuses its arguments, that is said of this place. */
  public <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      String message = String.valueOf(e.getMessage());
      throw new YamlException(
          "%s: %s%s".formatted(place(), capital(message), message.endsWith(".") ? "" : "."), e);
    }
  }

  /** That this value is wrong, as one sentence behind its place. */
  public YamlException wrong(String sentence) {
    return new YamlException("%s: %s".formatted(place(), sentence));
  }

  /** That its key is wrong, as one sentence behind the place of the key. */
  YamlException wrongKey(String sentence) {
    return new YamlException(
        "%s: %s".formatted(YamlDocument.place(file, name.getStartMark()), sentence));
  }

  String place() {
    return YamlDocument.place(file, node.getStartMark());
  }

  /** " in training", or nothing at the top. */
  String within() {
    return path.isEmpty() ? "" : " in " + path;
  }

  static String suggestion(String typed, List<String> known) {
    return Nearest.to(typed, known)
        .map("did you mean '%s'"::formatted)
        .map(text -> text + "? Known: " + join(known))
        .orElseGet(() -> "known: " + join(known));
  }

  private static String join(List<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }

  private String plain() {
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
        ? scalar.getValue()
        : "";
  }

  private YamlException expected(String what) {
    return wrong("%s must be %s, not %s.".formatted(capital(pathOrDocument()), what, found()));
  }

  private String found() {
    return switch (node) {
      case MappingNode mapping -> "keys with values";
      case SequenceNode sequence -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode scalar -> "'" + shortened(scalar.getValue()) + "'";
      default -> "something else";
    };
  }

  private static String shortened(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }

  private String pathOrDocument() {
    return path.isEmpty() ? "the file" : path;
  }

  private static String capital(String sentence) {
    return sentence.startsWith("the ") ? "T" + sentence.substring(1) : sentence;
  }
}

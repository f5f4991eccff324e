package org.madrigal.ledger.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One member of the field {@code Signature-Input} of RFC 9421, section 4.1, such as {@code
 * sig=("@method" "@path");created=1618884473;keyid="alpha"}. Strings have no quotes or backslashes
 * in them.
 *
 * @param label the name of the signature
 * @param components what is signed, in order
 * @param parameters the values as they are written, strings with their quotes
 * @param text everything after the label, as it came
 */
record SignatureInput(
    String label, List<String> components, Map<String, String> parameters, String text) {

  // Repetitions are possessive, so that a long field costs no stack.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<label>[a-z*][a-z0-9_.*-]{0,63})="
              + "(?<text>\\((?<names>[^()]*)\\)(?<parameters>(?:;[a-z*][a-z0-9_.*-]*="
              + "(?:-?\\d{1,15}|\"[^\"\\\\]*\"))*+))");
  private static final Pattern NAMES =
      Pattern.compile("(?:\"[@a-z0-9-]+\"(?: \"[@a-z0-9-]+\")*+)?");
  private static final Pattern PARAMETER = Pattern.compile(";([^=;]+)=(\"[^\"]*\"|-?\\d+)");

  SignatureInput {
    components = List.copyOf(components);
    parameters = Map.copyOf(parameters);
  }

  /** Writes an input; {@code parameters} are in order and written as they must appear. */
  static SignatureInput of(
      String label, List<String> components, LinkedHashMap<String, String> parameters) {
    StringBuilder text = new StringBuilder(MessageSignature.innerList(components));
    parameters.forEach((name, value) -> text.append(';').append(name).append('=').append(value));
    return new SignatureInput(label, components, parameters, text.toString());
  }

  /** Reads a field with exactly one signature; nothing if it is anything else. */
  static Optional<SignatureInput> parse(String field) {
    Matcher form = FORM.matcher(field);
    if (!form.matches() || !NAMES.matcher(form.group("names")).matches()) {
      return Optional.empty();
    }
    List<String> components = new ArrayList<>();
    for (String name : form.group("names").split(" ", -1)) {
      if (!name.isEmpty()) {
        components.add(unquote(name));
      }
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(form.group("parameters"));
    while (parameter.find()) {
      if (parameters.put(parameter.group(1), parameter.group(2)) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new SignatureInput(form.group("label"), components, parameters, form.group("text")));
  }

  /** The parameter {@code name}, if it is a string. */
  Optional<String> string(String name) {
    return Optional.ofNullable(parameters.get(name))
        .filter(value -> value.startsWith("\""))
        .map(SignatureInput::unquote);
  }

  /** The parameter {@code name}, if it is an integer. */
  OptionalLong integer(String name) {
    String value = parameters.get(name);
    return value == null || value.startsWith("\"")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(value));
  }

  private static String unquote(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }
}

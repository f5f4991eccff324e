package org.madrigal.core.protocol;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * Reads CBOR item by item, asking for the type that the record expects. It bounds depth and sizes
 * but accepts several encodings of one value; its callers compare a fresh encoding with what they
 * read, so that only the deterministic one passes.
 */
final class CborReader {

  private static final int MAX_DEPTH = 12;
  private static final int MAX_LIST = 4096;

  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(SignedStatement.MAX_LENGTH)
                  .maxDocumentLength(SignedStatement.MAX_LENGTH)
                  .build())
          .build();

  private final CBORParser parser;
  private @Nullable JsonToken ahead;
  private boolean peeked;

  private CborReader(CBORParser parser) {
    this.parser = parser;
  }

  /** Reads exactly one value that fills {@code bytes}. */
  static <T> T decode(Bytes bytes, Body<T> body) throws MalformedException {
    try (CBORParser parser = FACTORY.createParser(bytes.toByteArray())) {
      CborReader reader = new CborReader(parser);
      T value = body.read(reader);
      if (parser.nextToken() != null) {
        throw new MalformedException("bytes follow after the end");
      }
      return value;
    } catch (IOException e) {
      throw new MalformedException("not CBOR within the limits", e);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Begins an array; {@link #end} requires that it holds no more than was read. */
  CborReader array() throws IOException, MalformedException {
    expect(JsonToken.START_ARRAY, "an array");
    return this;
  }

  /** Begins an array that must carry {@code tag}. */
  CborReader taggedArray(int tag) throws IOException, MalformedException {
    expect(JsonToken.START_ARRAY, "an array");
    if (parser.getCurrentTag() != tag) {
      throw new MalformedException("the outermost array must carry the tag %d".formatted(tag));
    }
    return this;
  }

  /** Begins a map, whose keys {@link #key} then requires one by one. */
  CborReader map() throws IOException, MalformedException {
    expect(JsonToken.START_OBJECT, "a map");
    return this;
  }

  /** Requires the next key of the map begun last. */
  CborReader key(long key) throws IOException, MalformedException {
    expect(JsonToken.FIELD_NAME, "a key");
    if (!Long.toString(key).equals(parser.currentName())) {
      throw new MalformedException(
          "expected the map key %d but found %s".formatted(key, parser.currentName()));
    }
    return this;
  }

  /** Ends the array or map begun last. */
  void end() throws IOException, MalformedException {
    JsonToken token = next();
    if (token != JsonToken.END_ARRAY && token != JsonToken.END_OBJECT) {
      throw new MalformedException("an array or map has more items than expected");
    }
  }

  long integer() throws IOException, MalformedException {
    expect(JsonToken.VALUE_NUMBER_INT, "an integer");
    if (parser.getNumberType() == NumberType.BIG_INTEGER) {
      throw new MalformedException("an integer is out of range");
    }
    return parser.getLongValue();
  }

  int smallInteger() throws IOException, MalformedException {
    long value = integer();
    if (value != (int) value) {
      throw new MalformedException("the integer %d is out of range".formatted(value));
    }
    return (int) value;
  }

  boolean bool() throws IOException, MalformedException {
    JsonToken token = next();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw unexpected("true or false", token);
    }
    return token == JsonToken.VALUE_TRUE;
  }

  String text() throws IOException, MalformedException {
    expect(JsonToken.VALUE_STRING, "a text");
    return parser.getText();
  }

  Bytes bytes() throws IOException, MalformedException {
    expect(JsonToken.VALUE_EMBEDDED_OBJECT, "a byte string");
    return Bytes.takeOver(parser.getBinaryValue());
  }

  Digest digest() throws IOException, MalformedException {
    return new Digest(bytes());
  }

  double real() throws IOException, MalformedException {
    expect(JsonToken.VALUE_NUMBER_FLOAT, "a floating-point number");
    return parser.getDoubleValue();
  }

  Optional<Double> optionalReal() throws IOException, MalformedException {
    if (peek() == JsonToken.VALUE_NULL) {
      next();
      return Optional.empty();
    }
    return Optional.of(real());
  }

  /** Reads the one of {@code values} that has the number that follows. */
  <E> E code(String what, E[] values, ToIntFunction<E> code)
      throws IOException, MalformedException {
    long number = integer();
    for (E value : values) {
      if (code.applyAsInt(value) == number) {
        return value;
      }
    }
    throw new MalformedException("the %s %d is unknown".formatted(what, number));
  }

  /** Reads an array of items, each by {@code each}. */
  <T> List<T> list(Body<T> each) throws IOException, MalformedException {
    array();
    List<T> values = new ArrayList<>();
    while (peek() != JsonToken.END_ARRAY) {
      if (values.size() == MAX_LIST) {
        throw new MalformedException("an array has more than %d items".formatted(MAX_LIST));
      }
      values.add(each.read(this));
    }
    end();
    return List.copyOf(values);
  }

  /** Whether the array begun last holds another item. */
  boolean hasMore() throws IOException {
    return peek() != JsonToken.END_ARRAY;
  }

  private void expect(JsonToken wanted, String name) throws IOException, MalformedException {
    JsonToken token = next();
    if (token != wanted) {
      throw unexpected(name, token);
    }
  }

  private @Nullable JsonToken peek() throws IOException {
    if (!peeked) {
      ahead = parser.nextToken();
      peeked = true;
    }
    return ahead;
  }

  private @Nullable JsonToken next() throws IOException {
    JsonToken token = peek();
    peeked = false;
    return token;
  }

  private static MalformedException unexpected(String wanted, @Nullable JsonToken found) {
    return new MalformedException(
        "expected %s but found %s".formatted(wanted, found == null ? "the end" : found));
  }

  /** Reads one value from a reader. */
  @FunctionalInterface
  interface Body<T> {
    T read(CborReader reader) throws IOException, MalformedException;
  }
}

package org.madrigal.ledger.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** An answer that is an error: a status and one sentence, as a problem document of RFC 9457. */
final class Problem extends Exception {

  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();

  private final int status;

  Problem(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** {@code {"status":422,"detail":"..."}}. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("status", status);
      json.writeStringField("detail", sentence());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The sentence of a problem document, or the document itself if it is none. */
  static String detail(String document) {
    try (JsonParser json = JSON.createParser(document)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("detail")) {
          String detail = json.nextTextValue();
          return detail == null ? document : detail;
        }
      }
    } catch (IOException e) {
      return document;
    }
    return document;
  }
}

package org.madrigal.app.yaml;

/** A YAML file does not say what it should; the message is one sentence that names the place. */
public final class YamlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  YamlException(String message) {
    super(message);
  }

  YamlException(String message, Throwable cause) {
    super(message, cause);
  }
}

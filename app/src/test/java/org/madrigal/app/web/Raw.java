package org.madrigal.app.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what no library would. */
final class Raw {

  private static final int PATIENCE_MILLIS = 30_000;

  private Raw() {}

  /** The whole answer to these lines; the connection is closed after it. */
  static String ask(int port, String... lines) throws IOException {
    StringBuilder text = new StringBuilder();
    boolean body = false;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        body = true;
        text.append("Connection: close\r\n\r\n");
      } else {
        text.append(lines[i]).append(body ? "" : "\r\n");
      }
    }
    if (!body) {
      text.append("Connection: close\r\n\r\n");
    }
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return rest(socket.getInputStream());
    }
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Everything until the other side closes. */
  static String rest(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return all.toString(StandardCharsets.UTF_8);
  }
}

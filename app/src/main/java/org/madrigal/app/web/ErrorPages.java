package org.madrigal.app.web;

import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.madrigal.app.rest.Problem;

/**
 * What the server's own library refuses, such as headers that are too long, in one sentence too.
 */
final class ErrorPages implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer given) {
      status = given;
    }
    try {
      new Exchange(request, response).refuse(problem(status));
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    }
    return true;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 400 ->
          new Problem(400, "The request cannot be read; it is no HTTP as this server speaks it.");
      case 408 -> new Problem(408, "The request came too slowly; send it again.");
      case 413 -> new Problem(413, "The request is too large.");
      case 414, 431 ->
          new Problem(431, "The address and the headers have at most 8192 bytes together.");
      case 503 -> new Problem(503, "The server stops.");
      default -> new Problem(status >= 500 ? 500 : 400, "The request cannot be answered.");
    };
  }
}

package org.madrigal.ledger.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets members in, hands each request on, and answers errors with one sentence. */
final class MemberHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(MemberHandler.class);

  private final Connections connections;
  private final Authenticator authenticator;
  private final Endpoint endpoint;

  /** What answers the requests of members. */
  @FunctionalInterface
  interface Endpoint {
    void answer(MemberId member, Request request, Response response)
        throws Problem, IOException, InterruptedException;
  }

  MemberHandler(Connections connections, Authenticator authenticator, Endpoint endpoint) {
    super(InvocationType.BLOCKING);
    this.connections = connections;
    this.authenticator = authenticator;
    this.endpoint = endpoint;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.heard(connection);
    try {
      try {
        answer(request, response);
      } catch (Problem problem) {
        refuse(response, problem);
      } catch (LedgerException e) {
        LOG.warn("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
        refuse(response, new Problem(503, "The orderer's ledger failed: " + e.kind()));
      }
      connections.answered(connection);
      callback.succeeded();
    } catch (IOException e) {
      LOG.debug("A connection broke off", e);
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(new TimeoutException("the server stops"));
    }
    return true;
  }

  private void answer(Request request, Response response)
      throws Problem, IOException, InterruptedException {
    MemberId member = authenticator.authenticate(request);
    connections.belongs(request.getConnectionMetaData().getConnection(), member);
    endpoint.answer(member, request, response);
  }

  private static void refuse(Response response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      throw new IOException(problem);
    }
    byte[] json = problem.json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Protocol.PROBLEM_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
    if (problem.status() != 404 && problem.status() != 416) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    Content.Sink.write(response, true, ByteBuffer.wrap(json));
  }
}

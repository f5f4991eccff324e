package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.madrigal.core.crypto.Bytes;

/**
 * The contract as it was compiled; a test compiles it again.
 *
 * @param creation the code that makes a contract, before its arguments
 * @param runtime the code that a contract has from then on, the same for every federation
 */
record ContractCode(Bytes creation, Bytes runtime) {

  private static final String FILE = "MadrigalLedger.json";

  static ContractCode read() {
    try (InputStream in = ContractCode.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("The contract is missing in this build");
      }
      JsonNode json = new ObjectMapper().readTree(in);
      return new ContractCode(code(json, "creation"), code(json, "runtime"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes code(JsonNode json, String field) {
    return Bytes.ofHex(json.path(field).asText().substring(2));
  }
}

package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.ledger.evm.EvmKeystore.Opening;

/**
 * A file with PBKDF2 from the definition ("Test Vectors", Web3 secret storage definition), and one
 * with scrypt of the same key, written by eth-keyfile 0.10.
 */
final class EvmKeystoreTest {

  private static final String ADDRESS = "0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b";
  private static final String PBKDF2 =
      """
      {"crypto": {
         "cipher": "aes-128-ctr",
         "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
         "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
         "kdf": "pbkdf2",
         "kdfparams": {"c": 262144, "dklen": 32, "prf": "hmac-sha256",
           "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
         "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
       "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}
      """;
  private static final String SCRYPT =
      """
      {"crypto": {
         "cipher": "aes-128-ctr",
         "cipherparams": {"iv": "028b29cb82f8817da154dda67f521fb8"},
         "ciphertext": "1fa959b184a8d7e8d460921aa4355878359a369fd9adfa49ac2c5fb73177b696",
         "kdf": "scrypt",
         "kdfparams": {"dklen": 32, "n": 4096, "p": 1, "r": 8,
           "salt": "e506c0308f5838bd3846a439e5164701"},
         "mac": "ca980a9bb5ff961ec1f46021f46912dfe4ac20fe9562446739cb6531b9e7b34b"},
       "id": "bcdd8e0f-7357-4f60-9669-95d79084ab1c", "version": 3}
      """;

  @ParameterizedTest
  @ValueSource(strings = {PBKDF2, SCRYPT})
  void opensTheVectors(String file) {
    assertThat(open(file, "testpassword"))
        .isInstanceOfSatisfying(
            Opening.Opened.class,
            opened -> {
              assertThat(opened.key().address()).hasToString(ADDRESS);
              assertThat(opened).hasToString("Opened[key=EvmKey[secret]]");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {PBKDF2, SCRYPT})
  void opensNothingWithAnotherPassword(String file) {
    assertThat(open(file, "Testpassword")).isInstanceOf(Opening.WrongPassword.class);
  }

  @Test
  void noticesAChangedByte() {
    assertThat(open(PBKDF2.replace("5318b4d5", "5318b4d6"), "testpassword"))
        .isInstanceOf(Opening.WrongPassword.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\": 3', '\"version\": 4', its version is not 3",
    "aes-128-ctr, aes-128-cbc, its cipher is not aes-128-ctr",
    "262144, 0, 'its pbkdf2 takes too much, or too little'",
    "262144, 999999999, 'its pbkdf2 takes too much, or too little'",
    "hmac-sha256, hmac-sha512, its prf is unknown",
    "pbkdf2, argon2id, its kdf is neither scrypt nor pbkdf2",
    "517ead, 517, 'mac'",
    "'{\"crypto\"', '{crypto', it is no JSON"
  })
  void saysWhatIsWrong(String old, String other, String reason) {
    assertThat(open(PBKDF2.replace(old, other), "testpassword"))
        .isInstanceOfSatisfying(
            Opening.Malformed.class, malformed -> assertThat(malformed.reason()).contains(reason));
  }

  private static Opening open(String file, String password) {
    return EvmKeystore.open(
        Bytes.copyOf(file.getBytes(StandardCharsets.UTF_8)), password.toCharArray());
  }
}

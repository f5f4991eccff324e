package org.madrigal.app.simulate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.DraftMember;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.MemberId;

/**
 * A federation whose members' keys, and where a seed is given everything else that is drawn, are a
 * pure function of the charter and the seed. Such keys protect nothing: for simulations only.
 *
 * <pre>
 * salt(seed)  = first 16 bytes of SHA-256("madrigal/simulation/salt/1" || salt || seed, 8 bytes)
 * key(member) = Ed25519 key of SHA-256("madrigal/simulation/key/1" || salt || name of the member)
 * </pre>
 *
 * <p>The seed is also that of the initial model and of the order of the batches.
 *
 * @param charter the charter with the drawn keys
 * @param keys each member's key
 */
public record DrawnFederation(Charter charter, SortedMap<MemberId, SigningKey> keys) {

  private static final Bytes SALT_DOMAIN = ascii("madrigal/simulation/salt/1");
  private static final Bytes KEY_DOMAIN = ascii("madrigal/simulation/key/1");

  /** Copies the keys. */
  public DrawnFederation {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  /**
   * Draws.
   *
   * @param draft the charter; keys that it names are replaced
   * @param seed without one, the charter's own seeds stay
   */
  public static DrawnFederation of(CharterDraft draft, OptionalLong seed) {
    CharterDraft seeded = seed.isPresent() ? seeded(draft, seed.getAsLong()) : draft;
    List<DraftMember> keyless =
        seeded.members().stream()
            .map(member -> new DraftMember(member.id(), Optional.empty(), member.weight()))
            .toList();
    Charter charter =
        seeded.withMembers(keyless).charter(id -> key(seeded.salt(), id).verifyingKey());
    TreeMap<MemberId, SigningKey> keys = new TreeMap<>();
    keyless.forEach(member -> keys.put(member.id(), key(seeded.salt(), member.id())));
    return new DrawnFederation(charter, keys);
  }

  private static CharterDraft seeded(CharterDraft draft, long seed) {
    Bytes number = Bytes.takeOver(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    Bytes salt =
        Digest.ofAll(SALT_DOMAIN, draft.salt(), number).value().slice(0, Charter.SALT_LENGTH);
    Initial initial =
        switch (draft.initial()) {
          case Initial.Drawn drawn -> new Initial.Drawn(drawn.by(), seed);
          case Initial.Pinned pinned -> pinned;
        };
    Recipe recipe = draft.recipe();
    LocalTraining local = recipe.local();
    LocalTraining ordered =
        new LocalTraining(local.amount(), local.batchSize(), seed, local.classWeights());
    return draft
        .withSalt(salt)
        .withInitial(initial)
        .withRecipe(
            new Recipe(
                recipe.data(),
                recipe.model(),
                recipe.loss(),
                recipe.optimiser(),
                ordered,
                recipe.metrics()));
  }

  private static SigningKey key(Bytes salt, MemberId member) {
    Bytes name = Bytes.takeOver(member.value().getBytes(StandardCharsets.UTF_8));
    return SigningKey.ofSeed(Digest.ofAll(KEY_DOMAIN, salt, name).value().toByteArray());
  }

  private static Bytes ascii(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }
}

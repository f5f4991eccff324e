package org.madrigal.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.DraftMember;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.MemberId;

final class DrawnFederationTest {

  private final CharterDraft draft = Charters.draft("fed-avg", "1");

  @Test
  void drawsTheSameForTheSameSeed() {
    assertThat(DrawnFederation.of(draft, OptionalLong.of(5)))
        .isEqualTo(DrawnFederation.of(draft, OptionalLong.of(5)));
  }

  @Test
  void drawsEverythingAnewForAnotherSeed() {
    DrawnFederation five = DrawnFederation.of(draft, OptionalLong.of(5));
    DrawnFederation six = DrawnFederation.of(draft, OptionalLong.of(6));
    assertThat(six.keys().values()).doesNotContainAnyElementsOf(five.keys().values());
    assertThat(six.charter().salt()).isNotEqualTo(five.charter().salt());
    assertThat(six.charter().initialDigest()).isNotEqualTo(five.charter().initialDigest());
    assertThat(six.charter().recipe().local().seed()).isEqualTo(6);
  }

  @Test
  void keepsTheChartersSeedsWithoutASeed() {
    DrawnFederation drawn = DrawnFederation.of(draft, OptionalLong.empty());
    assertThat(drawn.charter().salt()).isEqualTo(draft.salt());
    assertThat(drawn.charter().initial()).isEqualTo(draft.initial());
    assertThat(drawn.charter().initial()).isInstanceOf(Initial.Drawn.class);
    assertThat(drawn.charter().recipe()).isEqualTo(draft.recipe());
  }

  @Test
  void replacesKeysThatTheCharterNames() {
    SigningKey own = SigningKey.ofSeed(new byte[SigningKey.SEED_LENGTH]);
    CharterDraft keyed =
        draft.withMembers(
            draft.members().stream()
                .map(member ->
                    member.id().value().equals("anna")
                        ? new DraftMember(
                            member.id(), Optional.of(own.verifyingKey()), member.weight())
                        : member)
                .toList());
    assertThat(DrawnFederation.of(keyed, OptionalLong.empty()))
        .isEqualTo(DrawnFederation.of(draft, OptionalLong.empty()));
    assertThat(DrawnFederation.of(keyed, OptionalLong.empty()).keys().keySet())
        .containsExactly(new MemberId("anna"), new MemberId("bert"), new MemberId("carl"));
  }
}

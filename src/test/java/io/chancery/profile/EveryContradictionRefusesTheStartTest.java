package io.chancery.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each contradiction with the lines that make it, put into an otherwise good profile. */
class EveryContradictionRefusesTheStartTest {
  private static final Map<Contradiction, String[]> LINES = new EnumMap<>(Contradiction.class);

  static {
    put(Contradiction.NO_KEYS, "keys: []");
    put(Contradiction.APPROVALS_OUT_OF_RANGE, "approvals: 21");
    put(Contradiction.APPROVALS_FOR_AUTHORITY, "audience: authority", "approvals: 1");
    put(Contradiction.NO_KEY_USAGE, "key-usage: []");
    put(Contradiction.AUTHORITY_KEY_USAGE, "key-usage: [digitalSignature, keyCertSign]");
    put(Contradiction.ENCIPHERMENT_WITHOUT_RSA, "key-usage: [digitalSignature, keyEncipherment]");
    put(
        Contradiction.AGREEMENT_WITHOUT_EC,
        "keys: [rsa-2048, ec-p256]",
        "key-usage: [digitalSignature, keyAgreement]");
    put(Contradiction.ONLY_WITHOUT_AGREEMENT, "key-usage: [digitalSignature, decipherOnly]");
    put(Contradiction.NO_PURPOSE, "extended-key-usage: []");
    put(Contradiction.PURPOSE_WITHOUT_SIGNATURE, "key-usage: [nonRepudiation]");
    put(
        Contradiction.OCSP_WITH_OTHER_PURPOSE,
        "audience: authority",
        "extended-key-usage: [serverAuth, OCSPSigning]");
    put(Contradiction.OCSP_FOR_ORGANIZATIONS, "extended-key-usage: [OCSPSigning]");
    put(
        Contradiction.SERVER_WITHOUT_HOST,
        "names: {kinds: [uri], least: 1, most: 5, common-name: free}");
    put(Contradiction.EMAIL_WITHOUT_MAILBOX, "extended-key-usage: [emailProtection]");
    put(
        Contradiction.LEAST_BELOW_NOTHING,
        "names: {kinds: [dns], least: -1, most: 5, common-name: is-a-name}");
    put(
        Contradiction.LEAST_ABOVE_MOST,
        "names: {kinds: [dns], least: 6, most: 5, common-name: is-a-name}");
    put(
        Contradiction.MOST_TOO_MANY,
        "names: {kinds: [dns], least: 1, most: 101, common-name: is-a-name}");
    put(
        Contradiction.NAMES_WITHOUT_KIND,
        "extended-key-usage: [clientAuth]",
        "names: {kinds: [], least: 0, most: 1, common-name: free}");
    put(
        Contradiction.WILDCARD_WITHOUT_DNS,
        "names: {kinds: [ip], least: 1, most: 5, wildcards: allowed, common-name: is-a-name}");
    put(
        Contradiction.NAME_WITHOUT_HOST,
        "extended-key-usage: [clientAuth]",
        "names: {kinds: [uri], least: 1, most: 5, common-name: is-a-name}");
    put(Contradiction.NAME_NOT_FROM_REQUEST, "subject: {from-request: [O]}");
    put(Contradiction.FIXED_AND_FROM_REQUEST, "subject: {fixed: \"CN=x\", from-request: [CN]}");
    put(
        Contradiction.NOBODY,
        "extended-key-usage: [clientAuth]",
        "subject: {from-request: []}",
        "names: {kinds: [], least: 0, most: 0, common-name: free}");
    put(Contradiction.LONGER_THAN_LONGEST, "validity: 91d");
    put(Contradiction.NOT_LONGER_THAN_BACKDATE, "validity: 1h", "backdate: 1h");
    put(Contradiction.RENEW_OUTSIDE, "renew-after: 1");
    put(Contradiction.RENEW_WITHIN_BACKDATE, "renew-after: 0.1", "backdate: 9d");
    put(Contradiction.NO_REVOCATION_TOO_LONG, "validity: 1d", "status: no-revocation");
    put(Contradiction.NO_CHECK_WITHOUT_OCSP, "status: ocsp-no-check");
    put(
        Contradiction.OCSP_WITHOUT_NO_CHECK,
        "audience: authority",
        "extended-key-usage: [OCSPSigning]");
  }

  private static void put(Contradiction contradiction, String... lines) {
    LINES.put(contradiction, lines);
  }

  @TestFactory
  Stream<DynamicTest> contradictions() {
    return LINES.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey().name(), () -> refuses(one.getKey(), one.getValue())));
  }

  private static void refuses(Contradiction contradiction, String... lines) {
    ProfileSource source = GoodProfile.with(lines);
    PkiException thrown = catchThrowableOfType(PkiException.class, () -> ProfileYaml.read(source));

    assertThat(thrown.failure()).isEqualTo(contradiction.in("good.yaml"));
    assertThat(thrown.failure().detail()).startsWith("good.yaml, ").doesNotContain("\n");
    assertThat(thrown.failure().remedy()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void everyContradictionHasItsLines() {
    assertThat(LINES).containsOnlyKeys(Contradiction.values());
  }

  @Test
  void theProfileIsGoodWithoutThem() {
    assertThat(ProfileYaml.read(GoodProfile.with()).name()).isEqualTo(new ProfileName("good"));
  }

  @Test
  void boundariesAreNoContradiction() {
    assertThat(
            ProfileYaml.read(
                    GoodProfile.with(
                        "keys: [rsa-2048]", "key-usage: [digitalSignature, keyEncipherment]"))
                .keyUsage())
        .contains(KeyUsage.KEY_ENCIPHERMENT);
    assertThat(
            ProfileYaml.read(
                    GoodProfile.with("validity: 7d", "longest: 7d", "status: no-revocation"))
                .status())
        .isEqualTo(StatusSource.NO_REVOCATION);
    assertThat(
            ProfileYaml.read(
                    GoodProfile.with(
                        "names: {kinds: [dns], least: 5, most: 5, wildcards: allowed, common-name: is-a-name}"))
                .names()
                .least())
        .isEqualTo(5);
  }

  @Test
  void aSecondProfileOfTheSameNameIsRefused() {
    ProfileSource first = GoodProfile.with();
    ProfileSource second = new ProfileSource("again.yaml", first.text());

    PkiException thrown =
        catchThrowableOfType(
            PkiException.class, () -> Profiles.of(java.util.List.of(first, second)));

    assertThat(thrown.failure())
        .isEqualTo(
            new Failure.Misconfigured(
                "again.yaml, name",
                "profile good is in good.yaml already",
                "give it another name, or remove one of the two"));
  }
}

package io.chancery.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every way to write a profile file wrongly, and the one line that the operator reads. */
class ProfileFilesAreReadStrictlyTest {
  private static final List<ProfileSource> WRONG = new ArrayList<>();

  static {
    for (String key : List.of("name", "description", "issuer", "validity", "names")) {
      WRONG.add(GoodProfile.without(key));
    }
    for (String line :
        List.of(
            "name: Upper_Case",
            "name: 7",
            "name: [a]",
            "description: \"\"",
            "description:",
            "issuer: \"no such name!\"",
            "issuer: null",
            "audience: everybody",
            "keys: ec-p256",
            "keys: [dsa-1024]",
            "keys: [rsa-1024]",
            "keys: [ec-p256, EC-P256]",
            "keys: [[ec-p256]]",
            "keys: [1]",
            "validity: 90 days",
            "validity: P3M",
            "validity: -1d",
            "validity: 0.5d",
            "validity: 90",
            "validity: 999999999w",
            "longest: PT1H0.5S",
            "renew-after: \"0.67\"",
            "renew-after: two thirds",
            "subject: CN",
            "subject: {from-request: [UID]}",
            "subject: {fixed: \"CN\"}",
            "subject: {fixed: \"C=Austria\"}",
            "subject: {take: [CN]}",
            "names: [dns]",
            "names: {kinds: [dns], least: 1, most: 5}",
            "names: {kinds: [dns], most: 5, common-name: free}",
            "names: {kinds: [upn], least: 1, most: 5, common-name: free}",
            "names: {kinds: [dns], least: one, most: 5, common-name: free}",
            "names: {kinds: [dns], least: 1.5, most: 5, common-name: free}",
            "names: {kinds: [dns], least: 1, most: 99999999999, common-name: free}",
            "names: {kinds: [dns], least: 1, most: 5, wildcards: true, common-name: free}",
            "names: {kinds: [dns], least: 1, most: 5, common-name: name}",
            "key-usage: [digital-signature]",
            "key-usage: [digitalSignature, digitalSignature]",
            "extended-key-usage: [anyExtendedKeyUsage]",
            "extended-key-usage: [1.3.6.1.5.5.7.3.1]",
            "status: none")) {
      WRONG.add(GoodProfile.with(line));
    }
    for (String more :
        List.of(
            "isuer: issuing\n",
            "\"evil\\u202e\\n\": 1\n",
            "issuer: issuing\n",
            "---\nname: second\n",
            "...\nmore\n",
            "<<: {issuer: issuing}\n",
            "keys: [\n",
            "\tname: tab\n",
            "status: !!javax.script.ScriptEngineManager [x]\n")) {
      WRONG.add(GoodProfile.and(more));
    }
    for (String whole : List.of("", "# nothing\n", "[]", "name", "42", "---\n---\n", "\u0000")) {
      WRONG.add(new ProfileSource("good.yaml", whole));
    }
  }

  @Test
  void eachIsRefusedInOneLine() {
    Golden.check(
        "profile-mistakes.txt",
        WRONG.stream().map(ProfileFilesAreReadStrictlyTest::told).collect(Collectors.joining()));
  }

  private static String told(ProfileSource source) {
    PkiException thrown = catchThrowableOfType(PkiException.class, () -> ProfileYaml.read(source));
    assertThat(thrown).as(source.text()).isNotNull();
    Failure.Misconfigured failure = (Failure.Misconfigured) thrown.failure();
    String line = failure.detail() + " -> " + failure.remedy();
    assertThat(line).startsWith("good.yaml").matches("[\\x20-\\x7e]+");
    assertThat(failure.remedy()).isNotBlank();
    return line + "\n";
  }

  @Test
  void whatIsNotWrittenHasItsDefault() {
    Profile profile =
        ProfileYaml.read(
            new ProfileSource(
                "short.yaml",
                """
                name: short
                description: Only what must be written
                issuer: issuing
                keys: [ec-p256]
                validity: P30D
                names: {kinds: [dns], least: 1, most: 5, common-name: free}
                key-usage: [digitalSignature]
                extended-key-usage: [serverAuth]
                """));

    assertThat(profile.audience()).isEqualTo(Audience.ORGANIZATIONS);
    assertThat(profile.longest()).isEqualTo(profile.validity()).hasDays(30);
    assertThat(profile.backdate()).hasMinutes(5);
    assertThat(profile.renewAfter()).isEqualTo(0.67);
    assertThat(profile.subject().fixed().isEmpty()).isTrue();
    assertThat(profile.subject().fromRequest()).isEmpty();
    assertThat(profile.names().wildcards()).isEqualTo(NameRule.Wildcards.REFUSED);
    assertThat(profile.status()).isEqualTo(StatusSource.PUBLISHED);
  }
}

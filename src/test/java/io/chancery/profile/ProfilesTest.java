package io.chancery.profile;

import static io.chancery.profile.Asked.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles from a folder, and what an approval holds. */
class ProfilesTest {
  @TempDir private Path folder;

  @Test
  void theFolderReplacesTheShippedOnes() throws IOException {
    byte[] octets = GoodProfile.with().text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(folder.resolve("good.yml"), octets);
    Files.writeString(folder.resolve("README.md"), "not read");
    Files.writeString(folder.resolve(".good.yaml"), "not read");
    Files.createDirectory(folder.resolve("old.yaml"));

    Profiles profiles = Profiles.load(folder);

    assertThat(profiles.all()).hasSize(1);
    ProfileSource source = profiles.source(new ProfileName("good")).orElseThrow();
    assertThat(source.file()).isEqualTo("good.yml");
    assertThat(source.thumbprint()).isEqualTo(Thumbprint.of(octets));
  }

  @Test
  void aFolderWithoutProfilesIsRefused() {
    assertThat(refusal().reason()).isEqualTo("holds no .yaml file");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    PkiException thrown =
        catchThrowableOfType(PkiException.class, () -> Profiles.load(folder.resolve("nowhere")));
    assertThat(thrown.failure().detail()).endsWith("is no folder that can be read");
  }

  @Test
  void octetsThatAreNotUtf8AreRefused() throws IOException {
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe4});
    assertThat(refusal().where()).isEqualTo("latin.yaml");
  }

  @Test
  void aFileThatIsNoProfileForItsSizeIsRefused() throws IOException {
    Files.write(folder.resolve("large.yaml"), new byte[64 * 1024 + 1]);
    assertThat(refusal().reason()).isEqualTo("is larger than 64 KB");
  }

  @Test
  void oneWrongFileRefusesAll() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), GoodProfile.with().text());
    Files.writeString(folder.resolve("b.yaml"), GoodProfile.with("name: b", "keys: []").text());
    assertThat(refusal().where()).isEqualTo("b.yaml, keys");
  }

  private Failure.Misconfigured refusal() {
    PkiException thrown = catchThrowableOfType(PkiException.class, () -> Profiles.load(folder));
    return (Failure.Misconfigured) thrown.failure();
  }

  @Test
  void anIssuerThatIsNotThereRefusesTheStart() {
    PkiException thrown =
        catchThrowableOfType(
            PkiException.class,
            () ->
                Profiles.shipped()
                    .mustBeIssuedBy(Set.of(new IssuerName("west"), new IssuerName("east"))));

    assertThat(thrown.failure())
        .isEqualTo(
            new Failure.Misconfigured(
                "tls-server.yaml, issuer",
                "there is no issuer issuing",
                "use one of east, west, or make this one with the ceremony"));
  }

  @Test
  void aNameTwiceIsRefusedWithoutFilesToo() {
    Profile profile = Asked.shipped("tls-server");
    PkiException thrown =
        catchThrowableOfType(PkiException.class, () -> new Profiles(List.of(profile, profile)));
    assertThat(thrown.failure()).isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void anUnknownProfileIsNotFound() {
    PkiException thrown = catchThrowableOfType(PkiException.class, () -> Asked.shipped("no-such"));
    assertThat(thrown.failure()).isEqualTo(new Failure.NotFound("profile", "no-such"));
  }

  @Test
  void anApprovalHoldsWhatWillStandInTheCertificate() {
    Request request = plain().noNames().subject("CN=A.Internal.Test").request();

    Approval approval = Asked.SHIPPED.approve(Asked.shipped("tls-server"), request);

    assertThat(approval.subject().text()).isEqualTo("CN=a.internal.test");
    assertThat(approval.names()).isEqualTo(Asked.names("dns:a.internal.test"));
    assertThat(approval.validity()).hasDays(90);
    assertThat(approval.key()).isEqualTo(request.csr().key());
  }

  @Test
  void fixedAttributesComeFirstAndNamesAreNotRepeated() {
    Profile profile =
        ProfileYaml.read(
            GoodProfile.with("subject: {fixed: \"C=AT, O=Example Bank\", from-request: [CN]}"));
    Request request =
        plain()
            .inCsr("dns:b.internal.test", "dns:a.internal.test", "dns:B.internal.test")
            .subject("CN=a.internal.test, O=Example Bank")
            .validity(Duration.ofDays(3))
            .request();

    Approval approval = new Profiles(List.of(profile)).approve(profile, request);

    assertThat(approval.subject().text()).isEqualTo("C=AT, O=Example Bank, CN=a.internal.test");
    assertThat(approval.names())
        .isEqualTo(Asked.names("dns:b.internal.test", "dns:a.internal.test"));
    assertThat(approval.validity()).hasDays(3);
  }

  @Test
  void renewalIsDueAfterItsPartOfTheLifetime() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(
            Asked.shipped("short-lived").renewalDue(Validity.starting(start, Duration.ofHours(24))))
        .isEqualTo(start.plus(Duration.ofHours(12)));
    assertThat(
            Asked.shipped("tls-server").renewalDue(Validity.starting(start, Duration.ofDays(90))))
        .isEqualTo(start.plus(Duration.ofHours((long) (90 * 24 * 0.67))).plusSeconds(12 * 60));
  }
}

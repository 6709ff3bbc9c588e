package io.chancery.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Golden;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The profiles that come with the program are read, agreed to, and all listed. */
class ShippedProfilesTest {
  private static final Path FOLDER = Path.of("src", "main", "resources", "profiles");

  @Test
  void sayWhatWasAgreed() {
    Golden.check(
        "profiles.txt",
        Profiles.shipped().all().stream()
            .map(ShippedProfilesTest::dump)
            .collect(Collectors.joining("\n")));
  }

  @Test
  void areAllListed() throws IOException {
    try (var files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(ProfileSources.SHIPPED);
    }
  }

  @Test
  void areTheFilesThatALoadedFolderHolds() {
    Profiles shipped = Profiles.shipped();
    Profiles loaded = Profiles.load(FOLDER);

    assertThat(loaded.all()).hasSameElementsAs(shipped.all());
    shipped
        .all()
        .forEach(
            one -> assertThat(loaded.source(one.name())).isEqualTo(shipped.source(one.name())));
  }

  @Test
  void areIssuedByIssuing() {
    Profiles.shipped().mustBeIssuedBy(Set.of(new IssuerName("issuing"), new IssuerName("other")));
  }

  private static String dump(Profile profile) {
    return """
        %s: %s
          issuer        %s, for %s
          keys          %s
          validity      %s, at most %s, backdated %s, renewed after %s
          subject       fixed '%s', from request %s
          names         %s, %d to %d, wildcards %s, common name %s
          key usage     %s
          ext key usage %s
          status        %s
        """
        .formatted(
            profile.name(),
            profile.description(),
            profile.issuer(),
            profile.audience(),
            Wording.sorted(profile.keys()),
            Span.text(profile.validity()),
            Span.text(profile.longest()),
            Span.text(profile.backdate()),
            profile.renewAfter(),
            profile.subject().fixed().text(),
            profile.subject().fromRequest().stream()
                .map(DistinguishedName.Type::text)
                .sorted()
                .toList(),
            Wording.sorted(profile.names().kinds()),
            profile.names().least(),
            profile.names().most(),
            profile.names().wildcards(),
            profile.names().commonName(),
            profile.keyUsage().stream().map(KeyUsage::text).sorted().toList(),
            profile.extendedKeyUsage().stream().map(ExtendedKeyUsage::text).toList(),
            profile.status());
  }
}

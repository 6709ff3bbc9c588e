package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.filter.TestFilters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filter in a file, asked without any service. */
class CheckFilterTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TestAuthority authority;
  private X509Certificate good;
  private X509Certificate revoked;
  private String key = TestFilters.signer().key().vkey();

  @BeforeEach
  void make() throws Exception {
    authority = new TestAuthority();
    good = authority.identity("dns:good.test").certificate();
    revoked = authority.identity("dns:revoked.test").certificate();
    Files.write(
        temp.resolve("a.filter"),
        TestFilters.file(
            authority.root,
            List.of(good, revoked),
            List.of(revoked),
            NOW,
            NOW.plus(Duration.ofHours(1))));
    Files.writeString(temp.resolve("issuer.pem"), TestAuthority.pem(authority.root));
  }

  @Test
  void aGoodOneExitsWithNought() throws Exception {
    assertThat(check(good)).withFailMessage(err::toString).isZero();
    assertThat(out.toString()).startsWith("GOOD a").contains("filter 42 of issuing", "1 revoked");
  }

  @Test
  void aRevokedOneExitsWithOne() throws Exception {
    assertThat(check(revoked)).isEqualTo(1);
    assertThat(out.toString()).startsWith("REVOKED ");
  }

  @Test
  void whatBeginsAfterTheCutHasEndedOrIsOfAnotherIssuerIsNotCovered() throws Exception {
    assertThat(check(new TestAuthority().identity("dns:a.test").certificate())).isEqualTo(0);
    // The same name and another key: another issuer.
    Files.writeString(temp.resolve("issuer.pem"), TestAuthority.pem(new TestAuthority().root));
    assertThat(check(good)).isEqualTo(2);
    assertThat(out.toString()).contains("NOT_COVERED");
    Files.writeString(temp.resolve("issuer.pem"), TestAuthority.pem(authority.root));
    Instant before = good.getNotBefore().toInstant();
    write(before, before.plus(Duration.ofDays(9)));
    assertThat(check(good, "--at", before.plusSeconds(9).toString())).as("too new").isEqualTo(2);
    Instant after = good.getNotAfter().toInstant().plusSeconds(1);
    write(after, after.plus(Duration.ofDays(9)));
    assertThat(check(good, "--at", after.plusSeconds(9).toString())).as("ended").isEqualTo(2);
  }

  @Test
  void aFilterOutOfItsTimeIsRefused() throws Exception {
    assertThat(check(good, "--at", NOW.plus(Duration.ofHours(1)).toString())).isEqualTo(2);
    assertThat(err.toString()).contains("must not be used: ended at").contains("remedy");
    assertThat(check(good, "--at", NOW.minus(Duration.ofHours(1)).toString())).isEqualTo(2);
    assertThat(err.toString()).contains("must not be used: begins at");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anotherAuthoritysKeyIsRefused() throws Exception {
    key = key.replace("chancery.internal/test", "chancery.internal/other");
    assertThat(check(good)).isEqualTo(2);
    assertThat(err.toString()).contains("must not be used").doesNotContain("\tat ");
  }

  private void write(Instant from, Instant until) throws Exception {
    Files.write(
        temp.resolve("a.filter"),
        TestFilters.file(authority.root, List.of(good, revoked), List.of(revoked), from, until));
  }

  private int check(X509Certificate certificate, String... more) throws Exception {
    Path file = temp.resolve("cert.pem");
    Files.writeString(file, TestAuthority.pem(certificate));
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("check-filter", "--filter", temp.resolve("a.filter").toString(), "--key", key));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of(file.toString(), temp.resolve("issuer.pem").toString()));
    return Chancery.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }
}

package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.KnownIssuers;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A book is of one authority: one with other keys must not write into it. */
@QuarkusTest
@WithTestResource(World.class)
class AnotherAuthoritysDatabaseIsRefusedTest {
  @Inject KnownIssuers known;
  @Inject Issuers issuers;

  @Test
  void theSameIssuerIsWelcomeAgain() {
    Issuer issuer = issuers.all().getFirst();
    known.mustBe(issuer.name(), issuer.certificate(), issuer.chain());
  }

  @Test
  void anotherCertificateUnderItsNameIsNot() {
    Issuer issuer = issuers.all().getFirst();
    assertThatThrownBy(() -> known.mustBe(issuer.name(), issuer.chain().getFirst(), List.of()))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class));
  }
}

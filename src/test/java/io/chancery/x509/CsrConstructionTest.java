package io.chancery.x509;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request that nobody checked cannot exist: only the parser calls the constructor. */
class CsrConstructionTest {
  private static final ArchRule ONLY_THE_PARSER =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Csr.class)
          .should()
          .callConstructorWhere(target(owner(equivalentTo(Csr.class))));

  @Test
  void onlyTheParserMakesRequests() {
    ONLY_THE_PARSER.check(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.chancery"));
  }

  @Test
  void theRuleSeesWhoeverDoes() {
    var classes = new ClassFileImporter().importClasses(Forger.class, Csr.class);

    assertThat(ONLY_THE_PARSER.evaluate(classes).hasViolation()).isTrue();
  }

  /** Never runs: only its class file is looked at. */
  @SuppressWarnings("UnusedMethod")
  private static final class Forger {
    static Csr forged(Csr good, DistinguishedName other) {
      return new Csr(good.der(), other, List.of(), good.key(), List.of());
    }
  }
}

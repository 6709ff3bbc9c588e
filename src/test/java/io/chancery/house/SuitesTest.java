package io.chancery.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Tests wait more than they compute, so several JVMs run them side by side; and a JVM keeps its
 * authority only as long as its suite lasts. Hence a suite for each JVM (pom.xml), by packages. A
 * test belongs to exactly one, or it would be run twice or, which nobody would see, never.
 */
class SuitesTest {
  private static final List<JavaClass> ALL =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
              .importPackages("io.chancery")
              .stream()
              .toList();

  /** Those that Maven's unit tests are; {@code *IT} are run after the build, each by itself. */
  private static Stream<JavaClass> tests() {
    return testable().filter(one -> !one.getSimpleName().endsWith("IT"));
  }

  private static Stream<JavaClass> testable() {
    return ALL.stream()
        .filter(one -> !one.isInterface())
        .filter(
            one ->
                one.getMethods().stream().anyMatch(it -> it.isMetaAnnotatedWith(Testable.class)));
  }

  @Test
  void aNameSaysThatItIsATest() {
    assertThat(testable().map(JavaClass::getName)).isNotEmpty().allMatch(name -> named(name));
  }

  private static boolean named(String name) {
    return name.endsWith("Test") || name.endsWith("IT");
  }

  @Test
  void eachIsInOneSuite() {
    assertThat(tests().filter(one -> suitesOf(one).size() != 1).map(JavaClass::getName)).isEmpty();
  }

  @Test
  void anAuthorityThatIsNotSharedIsInTheSuiteOfThose() {
    List<JavaClass> apart = tests().filter(SuitesTest::hasItsOwnAuthority).toList();
    assertThat(apart)
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(suitesOf(one)).first().returns("OwnAuthoritySuite", SuitesTest::name));
  }

  private static boolean hasItsOwnAuthority(JavaClass test) {
    return test.isAnnotatedWith(TestProfile.class)
        || test.tryGetAnnotationOfType(WithTestResource.class)
            .filter(resource -> resource.initArgs().length > 0)
            .isPresent();
  }

  private static List<JavaClass> suitesOf(JavaClass test) {
    return ALL.stream()
        .filter(one -> one.isAnnotatedWith(Suite.class))
        .filter(suite -> selects(suite, test.getPackageName()))
        .toList();
  }

  private static boolean selects(JavaClass suite, String name) {
    return isIn(suite.getAnnotationOfType(SelectPackages.class).value(), name)
        && suite
            .tryGetAnnotationOfType(ExcludePackages.class)
            .filter(excluded -> isIn(excluded.value(), name))
            .isEmpty();
  }

  private static boolean isIn(String[] packages, String name) {
    return Arrays.stream(packages).anyMatch(one -> name.equals(one) || name.startsWith(one + "."));
  }

  private static String name(JavaClass suite) {
    return suite.getSimpleName();
  }
}

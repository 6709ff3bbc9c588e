package io.chancery.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Tests wait more than they compute, so several JVMs run them side by side (pom.xml); and a JVM
 * keeps its authority only as long as its suite lasts, and makes one ready for any class that wants
 * one, be it left out by its tag. Hence suites by the names of packages and classes. A test belongs
 * to exactly one, or it would be run twice or, which nobody would see, never.
 */
class SuitesTest {
  private static final List<String> AUTHORITIES = List.of("ScenarioSuite", "OwnAuthoritySuite");
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

  @Test
  void twoSuitesStartAnAuthority() {
    assertThat(tests())
        .allSatisfy(
            one ->
                assertThat(AUTHORITIES.contains(name(suitesOf(one).getFirst())))
                    .as("%s starts an authority, and so does its suite", one.getName())
                    .isEqualTo(one.isAnnotatedWith(QuarkusTest.class)));
  }

  private static boolean hasItsOwnAuthority(JavaClass test) {
    return test.isAnnotatedWith(TestProfile.class)
        || test.tryGetAnnotationOfType(WithTestResource.class)
            .filter(resource -> resource.initArgs().length > 0)
            .isPresent();
  }

  @Test
  void thoseThatRunAfterTheBuildAreInNone() {
    List<JavaClass> later = testable().filter(one -> one.getSimpleName().endsWith("IT")).toList();
    assertThat(later)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(suitesOf(one)).as(one.getName()).isEmpty());
  }

  private static List<JavaClass> suitesOf(JavaClass test) {
    return ALL.stream()
        .filter(one -> one.isAnnotatedWith(Suite.class))
        .filter(suite -> selects(suite, test.getPackageName()) && selectsByName(suite, test))
        .toList();
  }

  private static boolean selects(JavaClass suite, String name) {
    return isIn(suite.getAnnotationOfType(SelectPackages.class).value(), name)
        && suite
            .tryGetAnnotationOfType(ExcludePackages.class)
            .filter(excluded -> isIn(excluded.value(), name))
            .isEmpty();
  }

  private static boolean selectsByName(JavaClass suite, JavaClass test) {
    return suite
            .tryGetAnnotationOfType(IncludeClassNamePatterns.class)
            .map(IncludeClassNamePatterns::value)
            .map(patterns -> Arrays.stream(patterns).anyMatch(test.getName()::matches))
            .orElse(test.getName().matches(ClassNameFilter.STANDARD_INCLUDE_PATTERN))
        && suite
            .tryGetAnnotationOfType(ExcludeClassNamePatterns.class)
            .map(ExcludeClassNamePatterns::value)
            .map(patterns -> Arrays.stream(patterns).noneMatch(test.getName()::matches))
            .orElse(true);
  }

  private static boolean isIn(String[] packages, String name) {
    return Arrays.stream(packages).anyMatch(one -> name.equals(one) || name.startsWith(one + "."));
  }

  private static String name(JavaClass suite) {
    return suite.getSimpleName();
  }
}

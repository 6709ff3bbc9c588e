package io.chancery.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.chancery.Room;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Reads the signs on the rooms' doors and holds the class files to them. */
class RoomsTest {
  private static final String ROOT = "io.chancery";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** A library, and the classes that may touch it. */
  private record Fence(String library, Predicate<JavaClass> inside) {}

  private static final List<Fence> FENCES =
      List.of(
          new Fence(
              "org.bouncycastle", in("x509", "issuance", "ocsp", "revocation", "doctor", "backup")),
          new Fence("org.xipki", in("hsm")),
          new Fence("iaik", in("hsm")),
          new Fence("jakarta.persistence", named("Row", "Rows").or(isFunctionOf("Row"))),
          new Fence("jakarta.ws.rs", in("api")),
          new Fence("io.quarkus.scheduler", named("Job", "Opening")),
          new Fence("picocli", in("cli")));

  @Test
  void everyRoomHasASign() {
    List<String> without =
        packages().keySet().stream()
            .filter(name -> !name.equals(ROOT))
            .filter(name -> sign(name).isEmpty())
            .toList();
    assertThat(without).as("packages without @Room in package-info.java").isEmpty();
  }

  @Test
  void importsGoWhereTheSignsAllow() {
    Set<String> wrong = new HashSet<>();
    for (JavaClass from : CLASSES) {
      for (var dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith(ROOT) && !allowed(from, to)) {
          wrong.add(room(from) + " -> " + room(to) + ": " + from.getName() + " -> " + to.getName());
        }
      }
    }
    assertThat(wrong.stream().sorted()).as("imports that no sign allows").isEmpty();
  }

  @Test
  void importsNeverGoUp() {
    Set<String> up = new HashSet<>();
    packages()
        .forEach(
            (name, room) ->
                room.ifPresent(
                    sign ->
                        Arrays.stream(sign.mayImport())
                            .filter(other -> floor(other) > sign.floor())
                            .forEach(other -> up.add(name + " -> " + other))));
    assertThat(up).as("signs that allow an import from a floor above").isEmpty();
  }

  @Test
  void librariesStayBehindTheirFences() {
    List<String> out = new ArrayList<>();
    for (Fence fence : FENCES) {
      for (JavaClass from : CLASSES) {
        boolean touches =
            from.getDirectDependenciesFromSelf().stream()
                .anyMatch(one -> one.getTargetClass().getPackageName().startsWith(fence.library()));
        if (touches && !fence.inside().test(from)) {
          out.add(from.getName() + " touches " + fence.library());
        }
      }
    }
    assertThat(out.stream().sorted()).isEmpty();
  }

  @Test
  void theFencesHoldSomething() {
    for (Fence fence : FENCES) {
      if (fence.library().equals("iaik")) {
        continue;
      }
      boolean used =
          CLASSES.stream()
              .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
              .anyMatch(one -> one.getTargetClass().getPackageName().startsWith(fence.library()));
      assertThat(used).as("a fence around %s, which nobody uses", fence.library()).isTrue();
    }
  }

  @Test
  void namesSayTheTrade() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches(".*(Utils?|Helper|Manager|Impl|Service|Dto)")))
        .isEmpty();
  }

  @Test
  void roomsStaySmall() {
    Map<String, Long> files = new TreeMap<>();
    CLASSES.stream()
        .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"))
        .forEach(one -> files.merge(one.getPackageName(), 1L, Long::sum));
    assertThat(files.values()).as("classes a package: %s", files).allMatch(count -> count <= 45);
  }

  private static boolean allowed(JavaClass from, JavaClass to) {
    String own = room(from);
    String other = room(to);
    if (to.getPackageName().startsWith(from.getPackageName() + ".") && !own.isEmpty()) {
      return true; // a room uses its own closets
    }
    if (own.equals(other) || other.isEmpty() || other.equals("x509")) {
      return true;
    }
    return sign(from.getPackageName())
        .map(sign -> Arrays.asList(sign.mayImport()).contains(other))
        .orElse(false);
  }

  /** The room is the whole path below the root, its closets included; the hall is empty. */
  private static String room(JavaClass one) {
    String below = one.getPackageName().substring(ROOT.length());
    String path = below.isEmpty() ? "" : below.substring(1);
    return path.contains(".") ? path.substring(path.lastIndexOf('.') + 1) : path;
  }

  private static int floor(String room) {
    return packages().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("." + room))
        .flatMap(entry -> entry.getValue().stream())
        .mapToInt(Room::floor)
        .findFirst()
        .orElseThrow(() -> new AssertionError("a sign names the room " + room + ", which is not"));
  }

  private static Optional<Room> sign(String name) {
    return packages().getOrDefault(name, Optional.empty());
  }

  private static Map<String, Optional<Room>> packages() {
    Map<String, Optional<Room>> all = new TreeMap<>();
    for (JavaPackage one : CLASSES.getPackage(ROOT).getSubpackagesInTree()) {
      if (!one.getClasses().isEmpty()) {
        all.put(one.getName(), one.tryGetAnnotationOfType(Room.class));
      }
    }
    return all;
  }

  private static Predicate<JavaClass> in(String... rooms) {
    return one ->
        Arrays.stream(rooms)
            .anyMatch(
                room ->
                    one.getPackageName().equals(ROOT + "." + room)
                        || one.getPackageName().startsWith(ROOT + "." + room + "."));
  }

  private static Predicate<JavaClass> named(String... endings) {
    return one -> Arrays.stream(endings).anyMatch(outermost(one)::endsWith);
  }

  private static Predicate<JavaClass> isFunctionOf(String ending) {
    return one -> one.getEnclosingClass().map(JavaClass::getSimpleName).orElse("").endsWith(ending);
  }

  private static String outermost(JavaClass one) {
    JavaClass at = one;
    while (at.getEnclosingClass().isPresent()) {
      at = at.getEnclosingClass().get();
    }
    return at.getSimpleName();
  }
}

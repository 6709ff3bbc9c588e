package io.chancery.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that kustomize builds. A field that is not listed here is refused, so that nothing is
 * used which these tests do not look at: no secretGenerator, no resource from a URL.
 */
record Kustomization(Path folder, File file) {
  private static final Pattern PINNED = Pattern.compile("(?!latest$)[\\w.-]+");

  record File(
      String apiVersion,
      String kind,
      String namespace,
      List<String> resources,
      List<Generator> configMapGenerator,
      List<Patch> patches,
      List<Image> images) {
    File {
      resources = orNone(resources);
      configMapGenerator = orNone(configMapGenerator);
      patches = orNone(patches);
      images = orNone(images);
    }
  }

  record Generator(String name, String behavior, List<String> files) {}

  record Patch(String path) {}

  record Image(String name, String newName, String newTag) {}

  static Kustomization read(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("kustomization.yaml"));
    return new Kustomization(folder, StrictYaml.one(text, File.class));
  }

  /** Everything that is applied, before patches; objects that a patch deletes are left out. */
  Manifests manifests() throws IOException {
    List<io.fabric8.kubernetes.api.model.HasMetadata> objects = new ArrayList<>();
    for (String resource : file.resources()) {
      Path path = folder.resolve(resource).normalize();
      objects.addAll(
          Files.isDirectory(path)
              ? read(path).manifests().objects()
              : StrictYaml.objects(Files.readString(path)));
    }
    for (Patch patch : file.patches()) {
      String text = Files.readString(folder.resolve(patch.path()));
      if (text.contains("$patch: delete")) {
        String gone = Manifests.name(StrictYaml.patch(text));
        objects.removeIf(it -> Manifests.name(it).equals(gone));
      }
    }
    return new Manifests(List.copyOf(objects));
  }

  /** Files that are named and missing, or there and not named; images without a version. */
  List<String> broken() throws IOException {
    Findings findings = new Findings();
    var named = new TreeSet<>(file.resources());
    file.patches().forEach(patch -> named.add(patch.path()));
    file.configMapGenerator().forEach(generator -> named.addAll(generator.files()));
    for (String name : named) {
      findings.unless(Files.exists(folder.resolve(name)), name + " does not exist");
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("kustomization.yaml"))
          .forEach(name -> findings.unless(named.contains(name), name + " is forgotten"));
    }
    for (Image image : file.images()) {
      findings.unless(
          image.newTag() != null && PINNED.matcher(image.newTag()).matches(),
          image.name() + " is not pinned");
    }
    return findings.list();
  }

  /** Patches that change nothing, because nobody of that kind and name is in {@code base}. */
  List<String> patchesWithoutTarget(Manifests base) throws IOException {
    Findings findings = new Findings();
    List<String> names = base.objects().stream().map(Manifests::name).toList();
    for (Patch patch : file.patches()) {
      String target =
          Manifests.name(StrictYaml.patch(Files.readString(folder.resolve(patch.path()))));
      findings.unless(names.contains(target), patch.path() + " patches nothing: " + target);
    }
    return findings.list();
  }

  private static <T> List<T> orNone(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}

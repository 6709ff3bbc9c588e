package io.chancery.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A set of objects that are applied together. */
record Manifests(List<HasMetadata> objects) {
  /** What a workload makes: its owner's kind and name, the labels and the pod. */
  record Pod(HasMetadata owner, Map<String, String> labels, PodSpec spec) {
    String name() {
      return Manifests.name(owner);
    }

    List<Container> containers() {
      return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
          .toList();
    }

    boolean opens(Object port) {
      return spec.getContainers().stream()
          .flatMap(container -> container.getPorts().stream())
          .anyMatch(open -> port.equals(open.getName()) || port.equals(open.getContainerPort()));
    }
  }

  static Manifests parse(String yaml) {
    return new Manifests(StrictYaml.objects(yaml));
  }

  static String name(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<Pod> pods() {
    return objects.stream().flatMap(object -> pod(object).stream()).toList();
  }

  List<Pod> podsWith(Map<String, String> labels) {
    return pods().stream()
        .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  /** The pods that a selector finds; an empty one finds all. */
  List<Pod> podsWith(LabelSelector selector) {
    Map<String, String> labels = Optional.ofNullable(selector.getMatchLabels()).orElseGet(Map::of);
    return podsWith(labels).stream()
        .filter(
            pod ->
                selector.getMatchExpressions().stream()
                    .allMatch(
                        wanted ->
                            wanted.getOperator().equals("In")
                                && wanted
                                    .getValues()
                                    .contains(pod.labels().getOrDefault(wanted.getKey(), ""))))
        .toList();
  }

  private static Optional<Pod> pod(HasMetadata object) {
    return switch (object) {
      case Deployment it -> Optional.of(pod(it, it.getSpec().getTemplate()));
      case StatefulSet it -> Optional.of(pod(it, it.getSpec().getTemplate()));
      case Job it -> Optional.of(pod(it, it.getSpec().getTemplate()));
      default -> Optional.empty();
    };
  }

  private static Pod pod(HasMetadata owner, PodTemplateSpec template) {
    Map<String, String> labels =
        Optional.ofNullable(template.getMetadata().getLabels()).orElseGet(Map::of);
    return new Pod(owner, labels, template.getSpec());
  }
}

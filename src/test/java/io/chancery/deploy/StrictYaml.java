package io.chancery.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML as the API server would with strict validation: a key that stands twice, a field that
 * the kind does not have, a number where a text belongs, or a value that was forgotten is refused.
 */
final class StrictYaml {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.ofEntries(
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 Secret", Secret.class),
          Map.entry("v1 ConfigMap", io.fabric8.kubernetes.api.model.ConfigMap.class),
          Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class));

  private static final YAMLMapper MAPPER = mapper();

  private StrictYaml() {}

  /** Every object of a file, in order. */
  static List<HasMetadata> objects(String yaml) {
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode document : documents(yaml)) {
      String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
      Class<? extends HasMetadata> type = KINDS.get(kind);
      if (type == null) {
        throw new IllegalArgumentException("no kind that this project uses: " + kind);
      }
      objects.add(read(document, type));
    }
    return objects;
  }

  /** A strategic merge patch: part of an object, which may say that the whole is to go. */
  static HasMetadata patch(String yaml) {
    JsonNode document = documents(yaml).getFirst();
    ((ObjectNode) document).remove("$patch");
    return objects(document.toString()).getFirst();
  }

  /** A file that holds one document of the given shape. */
  static <T> T one(String yaml, Class<T> type) {
    return read(documents(yaml).getFirst(), type);
  }

  private static <T> T read(JsonNode document, Class<T> type) {
    try {
      return MAPPER.treeToValue(document, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static List<JsonNode> documents(String yaml) {
    try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      List<JsonNode> documents = values.readAll();
      documents.forEach(document -> refuseForgottenValues(document, ""));
      return documents;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseForgottenValues(JsonNode node, String where) {
    if (node.isNull() || (node.isTextual() && node.asText().isEmpty())) {
      throw new IllegalArgumentException("no value at " + where);
    }
    if (node.isArray()) {
      node.forEach(item -> refuseForgottenValues(item, where + "[]"));
    }
    node.properties().forEach(e -> refuseForgottenValues(e.getValue(), where + "." + e.getKey()));
  }

  private static YAMLMapper mapper() {
    YAMLFactory factory =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    YAMLMapper mapper =
        YAMLMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule().setDeserializerModifier(new UnknownFieldsAreRefused()))
            .build();
    for (var shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  /** The model classes keep unknown fields in a map on the side; here that map is taken away. */
  private static final class UnknownFieldsAreRefused extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public BeanDeserializerBuilder updateBuilder(
        DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
      builder.setAnySetter(null);
      return builder;
    }
  }
}

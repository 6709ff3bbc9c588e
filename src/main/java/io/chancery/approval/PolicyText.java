package io.chancery.approval;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chancery.CanonicalJson;
import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.warrant.Deed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policy as it is approved: canonical JSON, a member for each deed that is not as it is by
 * default, {@code {"ROLES": {"approvals": "2", "within": "P1D", "approvers": "alice bob"}}}.
 */
final class PolicyText {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> KEYS = Set.of("approvals", "within", "approvers");
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final int MOST = 20;

  /** The most that the roll holds whole. */
  static final int LARGEST = 32_768;

  private PolicyText() {}

  static byte[] of(Map<Deed, Rule> rules) {
    Map<String, Object> members = new TreeMap<>();
    rules.forEach(
        (deed, rule) -> {
          Map<String, String> one = new TreeMap<>();
          one.put("approvals", String.valueOf(rule.approvals()));
          one.put("within", rule.within().toString());
          one.put("approvers", String.join(" ", new TreeSet<>(rule.approvers())));
          members.put(deed.name(), one);
        });
    return CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8);
  }

  /** {@code Malformed} where this is no policy, {@code Refused} where a deed needs more. */
  static Map<Deed, Rule> read(byte[] text) {
    if (text.length > LARGEST) {
      throw new Failure.TooLarge("policy", LARGEST, "octets").thrown();
    }
    JsonNode members;
    try {
      members = JSON.readTree(text);
    } catch (IOException notJson) {
      throw wrong("", "is no JSON object").because(notJson);
    }
    if (members == null || !members.isObject()) {
      throw wrong("", "is no JSON object").thrown();
    }
    Map<Deed, Rule> rules = new EnumMap<>(Deed.class);
    members.properties().forEach(one -> rules.put(deed(one.getKey()), rule(one)));
    return rules;
  }

  private static Deed deed(String name) {
    return Arrays.stream(Deed.values())
        .filter(deed -> deed.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> wrong(Quoted.of(name), "is none of " + Arrays.toString(Deed.values())).thrown());
  }

  private static Rule rule(Map.Entry<String, JsonNode> member) {
    Deed deed = deed(member.getKey());
    JsonNode value = member.getValue();
    Set<String> found = new HashSet<>();
    value.fieldNames().forEachRemaining(found::add);
    if (!KEYS.equals(found)
        || value.properties().stream().anyMatch(one -> !one.getValue().isTextual())) {
      throw wrong(deed.name(), "must have the texts approvals, within and approvers").thrown();
    }
    return mustMakeSense(
        deed,
        new Rule(
            number(deed, value.get("approvals").asText()),
            length(deed, value.get("within").asText()),
            persons(value.get("approvers").asText())));
  }

  private static Rule mustMakeSense(Deed deed, Rule rule) {
    if (rule.approvals() < deed.least() || rule.approvals() > MOST) {
      throw refused(
          deed + " takes " + deed.least() + " to " + MOST + " approvals, not " + rule.approvals());
    }
    if (!rule.approvers().isEmpty() && rule.approvers().size() < rule.approvals()) {
      throw refused(deed + " asks for more approvals than there are approvers");
    }
    if (!rule.within().isPositive() || rule.within().compareTo(LONGEST) > 0) {
      throw refused(deed + " must be approved within 90 days at most");
    }
    return rule;
  }

  private static int number(Deed deed, String text) {
    if (!text.matches("[0-9]{1,3}")) {
      throw wrong(deed.name(), Quoted.of(text) + " is no number of approvals").thrown();
    }
    return Integer.parseInt(text);
  }

  private static Duration length(Deed deed, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException notIso) {
      throw wrong(deed.name(), Quoted.of(text) + " is no length such as P1D").because(notIso);
    }
  }

  private static Set<String> persons(String text) {
    return text.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(text.strip().split(" +")));
  }

  private static Failure wrong(String where, String reason) {
    return new Failure.Malformed("policy", where, reason, "docs/approvals.md");
  }

  private static RuntimeException refused(String reason) {
    return new Failure.Refused("approval-policy", reason, "see docs/approvals.md").thrown();
  }
}

package io.chancery.api.many;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.inventory.mass.Match;
import io.chancery.inventory.mass.Radius;
import io.chancery.revocation.bulk.BulkRevocations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who would be hit.
 *
 * @param inUseMeans how far that is known
 * @param fingerprint for a list that must hold these and no others; missing where there are none,
 *     or too many for one list
 * @param most how many one list takes
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreviewView(
    Map<String, String> selection,
    long count,
    long inUse,
    String inUseMeans,
    Optional<String> fingerprint,
    int most,
    List<GroupView> byOrganization,
    List<GroupView> byProfile,
    List<GroupView> byIssuer,
    List<GroupView> contacts,
    List<MatchView> items,
    Optional<String> next) {
  private static final String IN_USE =
      "in force, the newest of its names, and renewed by none; neither handshakes nor OCSP"
          + " questions are recorded for a certificate";

  /** Those that have something in common. */
  public record GroupView(String value, long count, long inUse) {}

  /** One certificate. */
  public record MatchView(
      String serial,
      String organization,
      String profile,
      String issuer,
      String contact,
      List<String> names,
      Instant issuedAt,
      Instant notAfter,
      boolean inUse) {
    static MatchView of(Match match) {
      return new MatchView(
          match.serial(),
          match.organization().value(),
          match.profile(),
          match.issuer(),
          match.contact(),
          match.names(),
          match.issuedAt(),
          match.notAfter(),
          match.inUse());
    }
  }

  static PreviewView of(BulkRevocations.Preview preview) {
    Radius radius = preview.radius();
    return new PreviewView(
        preview.selection().criteria(),
        radius.count(),
        radius.inUse(),
        IN_USE,
        preview.fingerprint().map(Object::toString),
        BulkRevocations.MOST,
        groups(radius, Radius.Kind.ORGANIZATION),
        groups(radius, Radius.Kind.PROFILE),
        groups(radius, Radius.Kind.ISSUER),
        groups(radius, Radius.Kind.CONTACT),
        preview.page().stream().map(MatchView::of).toList(),
        preview.next());
  }

  private static List<GroupView> groups(Radius radius, Radius.Kind kind) {
    return radius.by(kind).stream()
        .map(group -> new GroupView(group.value(), group.count(), group.inUse()))
        .toList();
  }
}

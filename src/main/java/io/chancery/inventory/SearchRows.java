package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.Scope;
import io.chancery.x509.SerialNumber;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One page of a search, for a bounded amount of reading whatever is asked and however much of the
 * book it matches. Where an index holds few enough candidates for one of the conditions, all of
 * them are read and sorted. Else the book is walked in the order of the answer, so many rows a
 * page; what was found on the way is the page, and the next one goes on from there.
 *
 * <p>The planner is left no choice: its guess of how many match decides nothing here.
 */
final class SearchRows {
  /** So many candidates are read and sorted. */
  static final int FEW = 2_000;

  /** So many rows are walked over for a page. */
  static final int STEP = 5_000;

  /** The same where most are passed by within the index. */
  static final int LONG_STEP = 50_000;

  /**
   * For this transaction: no sorting of a whole where an index has the order, no reading of a whole
   * table, and nothing that pays off only with millions of rows.
   */
  private static final String ONE_WAY =
      "select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),"
          + " set_config('max_parallel_workers_per_gather', '0', true),"
          + " set_config('jit', 'off', true)";

  /** Where the last page ended. */
  private static final String HERE = "(cast(:at as timestamptz), :serial)";

  private static final String WHO = "organization = :organization";
  private static final String BEGINS =
      "subject ~>=~ :subject and subject ~<~ :beyond and starts_with(subject, :subject)"
          + " order by subject using ~<~";
  private static final String CHANGED = "status <> 'good' and status = :status";

  /** Under one organization's view a part would read what others have until it finds enough. */
  private static final String FEW_BEGIN = "select few_begin(:subject, :beyond, " + FEW + ")";

  private final EntityManager entities;
  private final Query query;
  private final Optional<OrganizationId> owner;
  private final SearchOrder order;

  /** What can be asked of an index, as the parts of it that are read one after the other. */
  private final List<List<String>> selective = new ArrayList<>();

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();

  SearchRows(EntityManager entities, Query query, Instant now) {
    this.entities = entities;
    this.query = query;
    this.owner = query.organization().or(SearchRows::ofScope);
    this.order = SearchOrder.of(query);
    read(now);
  }

  /** The rows of a page, and where the next one begins. */
  record Found(List<CertificateRow> rows, Optional<Query.Cursor> next) {}

  /**
   * The certificates of this thread's scope past row security: under a policy neither "@>" nor
   * "like" may look into an index before the policy has spoken. Each view says the policy itself.
   */
  static String book() {
    return Scope.current().equals(Scope.ALL) ? "certificate_for_all" : "certificate_of_one";
  }

  /** Who sees one organization's alone has its index for a way. */
  private static Optional<OrganizationId> ofScope() {
    Scope scope = Scope.current();
    return scope.equals(Scope.ALL) || scope.equals(Scope.NOBODY)
        ? Optional.empty()
        : Optional.of(new OrganizationId(scope.organization()));
  }

  Found page() {
    entities.createNativeQuery(ONE_WAY).getSingleResult();
    for (List<String> parts : selective) {
      if (isPassingBy() && isFew(parts)) {
        return among(parts);
      }
    }
    return order == SearchOrder.NEWEST ? byIssue() : byEnd();
  }

  private void read(Instant now) {
    values.put("at", query.after().map(cursor -> cursor.at().toString()).orElse("infinity"));
    values.put("serial", query.after().map(cursor -> cursor.serial().hex()).orElse("~"));
    query.key().ifPresent(key -> selective("key", key.hex(), "key_thumbprint = :key"));
    query.name().ifPresent(this::name);
    query.subject().ifPresent(this::subject);
    query.status().ifPresent(status -> status(status, now));
    owner.ifPresent(id -> selective("organization", id.value(), WHO + " order by issued_at"));
    query.profile().ifPresent(name -> condition("profile", name, "profile = :profile"));
    query.issuer().ifPresent(name -> condition("issuer", name, "issuer = :issuer"));
    query.expiresFrom().ifPresent(at -> condition("from", at, "not_after >= :from"));
    query.expiresUntil().ifPresent(at -> condition("until", at, "not_after < :until"));
    if (owner.isEmpty() && query.name().isEmpty() && query.key().isEmpty()) {
      // One a minute, of no interest to whoever looks for certificates of others.
      conditions.add("requester <> 'authority:canary'");
    }
  }

  /** Its first name, or another one. The ranges of one value keep to the index. */
  private void name(String name) {
    values.put("name", name);
    conditions.add("names @> array[cast(:name as text)]");
    selective.add(
        List.of(
            "hashtextextended(names[1], 0) >= hashtextextended(cast(:name as text), 0)"
                + " and hashtextextended(names[1], 0) <= hashtextextended(cast(:name as text), 0)"
                + " and names[1] = :name order by hashtextextended(names[1], 0)",
            "cardinality(names) > 1 and names @> array[cast(:name as text)]"
                + " and names[1] <> :name"));
  }

  /** Nothing that begins with it stands behind it with Unicode's last code point. */
  private void subject(String text) {
    values.put("subject", text);
    values.put("beyond", text + Character.toString(Character.MAX_CODE_POINT));
    conditions.add("starts_with(subject, :subject)");
    selective.add(List.of(BEGINS));
  }

  private void status(Query.Status status, Instant now) {
    switch (status) {
      case GOOD -> {
        conditions.add("status = 'good'");
        condition("now", now, "not_after >= :now");
      }
      case HELD -> condition("status", "held", CHANGED);
      case REVOKED -> condition("status", "revoked", CHANGED);
      case EXPIRED -> condition("now", now, "not_after < :now");
    }
  }

  private void condition(String name, Object value, String condition) {
    values.put(name, value);
    conditions.add(condition);
  }

  private void selective(String name, Object value, String part) {
    condition(name, value, part.replaceFirst(" order by .*", ""));
    selective.add(List.of(part));
  }

  private boolean isFew(List<String> parts) {
    if (parts.contains(BEGINS) && !Scope.current().equals(Scope.ALL)) {
      return (Boolean)
          bind(entities.createNativeQuery(FEW_BEGIN, Boolean.class), FEW_BEGIN).getSingleResult();
    }
    long many = 0;
    for (String part : parts) {
      String sql =
          "select count(*) from (select 1 from %s where %s limit %d) few"
              .formatted(book(), part, FEW + 1 - many);
      many += (Long) bind(entities.createNativeQuery(sql, Long.class), sql).getSingleResult();
      if (many > FEW) {
        return false;
      }
    }
    return true;
  }

  private Found among(List<String> parts) {
    List<String> hits =
        parts.stream()
            .map(part -> "(select * from %s where %s limit %d)".formatted(book(), part, FEW + 1))
            .toList();
    return found(
        "with hit as materialized (%s) select * from hit where %s and (%s, serial) < %s"
                .formatted(String.join(" union all ", hits), all(conditions), order.column, HERE)
            + order.by(),
        Optional.empty());
  }

  /**
   * Along the index of what an answer can hold. Not "=" but a range: with a column fixed, the
   * planner would go through everybody's as well.
   */
  private Found byIssue() {
    List<String> fixed = new ArrayList<>();
    owner.ifPresent(id -> fixed.add("organization"));
    if (conditions.contains(CHANGED)) {
      fixed.add("status");
    }
    StringBuilder where =
        new StringBuilder(fixed.contains("status") ? "status <> 'good' and " : "");
    fixed.forEach(one -> where.append("%s >= :%s and ".formatted(one, one)));
    String columns = fixed.stream().map(one -> one + ", ").collect(Collectors.joining());
    String values = fixed.stream().map(one -> ":" + one + ", ").collect(Collectors.joining());
    where.append(
        "(%sissued_at, serial) < (%scast(:at as timestamptz), :serial)".formatted(columns, values));
    String by =
        fixed.stream().map(one -> one + " desc, ").collect(Collectors.joining("", " order by ", ""))
            + "issued_at desc, serial desc";
    return walk(new Way(where + by, STEP), by);
  }

  private Found byEnd() {
    List<String> ends = conditions.stream().filter(one -> one.startsWith("not_after")).toList();
    String between = "(not_after, serial) < " + HERE + " and " + all(ends) + order.by();
    if (owner.isEmpty()) {
      return walk(new Way(between, STEP), order.by());
    }
    // The index says whose each is: only the owner's rows are read.
    Way way = new Way(between, LONG_STEP);
    return found(
        """
        select c.* from (
            select serial as at_serial, not_after as at_end, organization as of_whom
            from {book} where {way} limit {length}) walk,
          lateral (select * from {book} where serial = walk.at_serial offset 0) c
        where walk.of_whom = :organization and {conditions}
        order by walk.at_end desc, walk.at_serial desc"""
            .replace("{book}", book())
            .replace("{way}", way.where())
            .replace("{length}", String.valueOf(way.length()))
            .replace("{conditions}", all(conditions)),
        Optional.of(way));
  }

  private Found walk(Way way, String by) {
    return found(
        "select * from (select * from %s where %s limit %d) walk where %s"
                .formatted(book(), way.where(), way.length(), all(conditions))
            + by,
        Optional.of(way));
  }

  /** The rows that a page walks over. */
  private record Way(String where, int length) {}

  private Found found(String sql, Optional<Way> way) {
    List<?> read =
        bind(entities.createNativeQuery(sql, CertificateRow.class), sql)
            .setMaxResults(query.limit() + 1)
            .getResultList();
    List<CertificateRow> rows = read.stream().map(CertificateRow.class::cast).toList();
    if (rows.size() > query.limit()) {
      List<CertificateRow> page = rows.subList(0, query.limit());
      return new Found(page, Optional.of(order.cursor(page.getLast())));
    }
    return new Found(rows, way.filter(any -> isPassingBy()).flatMap(this::end));
  }

  /** Whether a way may hold rows that are not part of the answer: else a short page is the last. */
  private boolean isPassingBy() {
    return !conditions.stream()
        .allMatch(
            one -> (one.equals(WHO) && order == SearchOrder.NEWEST) || one.startsWith("not_after"));
  }

  /** The last row of the way; empty where the book ended before. */
  private Optional<Query.Cursor> end(Way way) {
    String sql =
        "select cast(extract(epoch from %s) * 1000000 as bigint), serial from %s where %s"
                .formatted(order.column, book(), way.where())
            + " offset %d limit 1".formatted(way.length() - 1);
    List<?> rows = bind(entities.createNativeQuery(sql, Object[].class), sql).getResultList();
    return rows.stream()
        .map(Object[].class::cast)
        .map(row -> Query.Cursor.of((Long) row[0], SerialNumber.parse((String) row[1])))
        .findFirst();
  }

  private static String all(List<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  private jakarta.persistence.Query bind(jakarta.persistence.Query statement, String sql) {
    values.forEach(
        (name, value) -> {
          if (sql.contains(":" + name)) {
            statement.setParameter(name, value);
          }
        });
    return statement;
  }
}

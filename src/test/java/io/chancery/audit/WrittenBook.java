package io.chancery.audit;

import io.chancery.OrganizationId;
import io.chancery.Sha256;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.Tile;
import io.chancery.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;

/**
 * A book, its roll and the copy of it, as the service would have left them; of any size, made in
 * bulk. Every certificate takes two entries; one in twenty is revoked, one in fifty held.
 */
final class WrittenBook {
  static final String ISSUER = "paper";
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final TestPostgres.Database database;
  private final CopyWriter copy;
  private final NoteSigner signer = CopyWriter.signer(CopyWriter.ORIGIN, NoteKey.Type.ED25519);
  private final PaperCertificate paper;
  private final TableRows entries;
  private final TableRows leaves;
  private final TableRows certificates;
  private final TableRows keys;
  private final Map<Integer, Map<Long, byte[]>> tiles = new TreeMap<>();

  /** What CRLs are made from, as the certificates' rows have it. */
  static final String REVOKED =
      """
      insert into revoked (issuer, serial, shard, reason, since, invalidity_date, not_after)
      select issuer, serial, crl_shard, case status when 'held' then 6 else reason end,
        status_since, invalidity_date, not_after from certificate where status <> 'good'
      """;

  private long next;
  private long crlNumber;
  private boolean sequenced = true;

  private WrittenBook(TestPostgres.Database database, Path folder) throws Exception {
    this.database = database;
    this.paper = new PaperCertificate();
    this.copy = new CopyWriter(folder, this::tile);
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .load()
        .migrate();
    sql("alter table ledger_entry disable trigger ledger_await_leaf");
    entries = table("ledger_entry", "id, at, kind, actor, organization, subject, body, hash");
    leaves = table("ledger_leaf", "leaf_index, entry");
    certificates =
        table(
            "certificate",
            "serial, issuer, profile, organization, requester, contact, replaces, subject, names,"
                + " key_thumbprint, key_algorithm, not_before, not_after, issued_at, der, status,"
                + " status_version, status_since, reason, invalidity_date");
    keys = table("request_key", "caller, key, request_hash, serial, at");
  }

  /** Writes it all; the key is the log's. */
  static NoteSigner write(TestPostgres.Database database, Path folder, int certificates)
      throws Exception {
    WrittenBook book = new WrittenBook(database, folder);
    book.access();
    for (int i = 0; i < certificates; i++) {
      book.certificate(i);
      if (i % 100 == 99) {
        book.crl();
      }
    }
    book.open();
    book.bulk();
    book.counted(certificates);
    book.publish();
    book.behind(certificates);
    book.close();
    return book.signer;
  }

  private void access() throws SQLException {
    sql(
        "insert into organization values ('acme','Acme','a@acme.example','{web}','{*.acme.example}',null,now())");
    event(
        EventKind.ORGANIZATION_CREATED,
        "certificate:01",
        "acme",
        Map.of(
            "displayName", "Acme",
            "contact", "a@acme.example",
            "profiles", "web",
            "names", "*.acme.example",
            "suspended", ""));
    sql("insert into role_grant values ('acme','ops.acme.example','OPERATOR',now())");
    event(
        EventKind.ROLE_GRANTED,
        "certificate:01",
        "acme",
        Map.of("name", "ops.acme.example", "role", "OPERATOR"));
    sql(
        "insert into enrolment_token values ('"
            + "ab".repeat(32)
            + "','fleet','acme','{web}','{}',10,'2026-12-01T00:00:00Z','certificate:01',now(),null)");
    event(
        EventKind.TOKEN_CREATED,
        "certificate:01",
        "acme",
        Map.of(
            "label", "fleet",
            "hash", "ab".repeat(32),
            "profiles", "web",
            "names", "",
            "uses", "10",
            "expires", "2026-12-01T00:00:00Z"));
  }

  private void certificate(int i) throws SQLException {
    byte[] serial = serial(i);
    String hex = HexFormat.of().formatHex(serial);
    byte[] der = paper.der(serial);
    String name = "service-" + i + ".acme.example";
    String key = i % 2 == 0 ? "key-" + i : "";
    String hash = key.isEmpty() ? "" : "cd".repeat(32);
    event(EventKind.CERTIFICATE_RESERVED, "certificate:01", hex, reservedFacts(der, key, hash));
    Instant issuedAt = at();
    event(EventKind.CERTIFICATE_ISSUED, "certificate:01", hex, issuedFacts(der, name));
    if (!key.isEmpty()) {
      keys.row("certificate:01", key, hash, hex, issuedAt);
    }
    Instant since = Instant.parse("2026-06-02T00:00:00Z");
    boolean revoked = i % 20 == 10;
    boolean held = i % 50 == 5;
    if (revoked) {
      event(
          EventKind.CERTIFICATE_REVOKED,
          "certificate:01",
          hex,
          Map.of(
              "version", "1",
              "since", since.toString(),
              "reason", "keyCompromise",
              "invalidityDate", ""));
    }
    if (held) {
      event(
          EventKind.CERTIFICATE_HELD,
          "certificate:01",
          hex,
          Map.of("version", "1", "since", since.toString()));
    }
    certificates.row(
        hex,
        ISSUER,
        "web",
        "acme",
        "certificate:01",
        "a@acme.example",
        null,
        "CN=" + name,
        List.of(name),
        paper.keyThumbprint(),
        "EC P-256",
        PaperCertificate.NOT_BEFORE,
        PaperCertificate.NOT_AFTER,
        issuedAt,
        der,
        revoked ? "revoked" : held ? "held" : "good",
        revoked || held ? 1 : 0,
        revoked || held ? since : null,
        revoked ? 1 : null,
        null);
  }

  private Map<String, String> reservedFacts(byte[] der, String key, String hash) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("issuer", ISSUER);
    facts.put("profile", "web");
    facts.put("tbs", Event.octets(paper.tbs(der)));
    facts.put("csr", "ef".repeat(32));
    facts.put("contact", "a@acme.example");
    facts.put("replaces", "");
    facts.put("idempotencyKey", key);
    facts.put("requestHash", hash);
    return facts;
  }

  private static Map<String, String> issuedFacts(byte[] der, String name) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("issuer", ISSUER);
    facts.put("profile", "web");
    facts.put("der", Event.octets(der));
    facts.put("certificate", Sha256.hex(der));
    facts.put("contact", "a@acme.example");
    facts.put("replaces", "");
    facts.put("subject", "CN=" + name);
    facts.put("names", name);
    facts.put("notAfter", PaperCertificate.NOT_AFTER.toString());
    return facts;
  }

  private void crl() throws SQLException {
    crlNumber++;
    byte[] der = ("crl " + crlNumber).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    event(
        EventKind.CRL_RESERVED,
        "authority:crl",
        ISSUER,
        Map.of(
            "number", String.valueOf(crlNumber),
            "thisUpdate", START.plusSeconds(crlNumber).toString(),
            "nextUpdate", START.plusSeconds(crlNumber + 3600).toString(),
            "entries", "1"));
    event(
        EventKind.CRL_SIGNED,
        "authority:crl",
        ISSUER,
        Map.of("number", String.valueOf(crlNumber), "crl", Sha256.hex(der)));
    String time = START.plusSeconds(crlNumber).toString();
    sql(
        "insert into crl (issuer, number, this_update, next_update, entries, octets, thumbprint)"
            + " values ('paper',"
            + crlNumber
            + ",'"
            + time
            + "','"
            + time
            + "',1,"
            + der.length
            + ",'"
            + Sha256.hex(der)
            + "')");
    sql(
        "insert into crl_part values ('paper','',"
            + crlNumber
            + ",0,'\\x"
            + HexFormat.of().formatHex(der)
            + "')");
    sql("delete from crl where number <= " + (crlNumber - 20));
    sql(
        "insert into crl_series values ('paper',"
            + crlNumber
            + ",'"
            + time
            + "') on conflict (issuer, scope) do update set number = excluded.number,"
            + " this_update = excluded.this_update");
  }

  /** One reservation that is open, one that was given up. */
  private void open() throws SQLException {
    for (int i = 0; i < 2; i++) {
      byte[] serial = serial(-1 - i);
      byte[] tbs = paper.tbs(paper.der(serial));
      String hex = HexFormat.of().formatHex(serial);
      Map<String, String> facts = new TreeMap<>(reservedFacts(paper.der(serial), "", ""));
      event(EventKind.CERTIFICATE_RESERVED, "token:fleet", hex, facts);
      if (i == 1) {
        event(
            EventKind.CERTIFICATE_ABANDONED,
            "token:fleet",
            hex,
            Map.of("tbs", Sha256.hex(tbs), "reason", "too old"));
      }
      sql(
          "insert into reservation (serial, issuer, profile, organization, requester, contact,"
              + " tbs, reserved_at, abandoned_at) values ('"
              + hex
              + "','paper','web','acme','token:fleet','a@acme.example','\\x"
              + HexFormat.of().formatHex(tbs)
              + "',now(),"
              + (i == 1 ? "now()" : "null")
              + ")");
    }
    sql("update enrolment_token set uses_left = 8");
  }

  /** A list that was carried out, and a key that is blocked. */
  private void bulk() throws SQLException {
    String list = Sha256.hex("list".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String id = "00000000-0000-4000-8000-000000000001";
    sql(
        "insert into bulk_revocation (id, organization, listed_by, listed_at, selection, list,"
            + " list_hash, size, reason, state, done_at, revoked) values ('"
            + id
            + "','acme','certificate:01','"
            + at()
            + "','organization=acme','list','"
            + list
            + "',2,4,'done',now(),2)");
    event(
        EventKind.BULK_REVOCATION_LISTED,
        "certificate:01",
        id,
        Map.of(
            "list", list,
            "size", "2",
            "selection", "organization=acme",
            "reason", "superseded",
            "invalidityDate", "",
            "replaceUntil", "",
            "deadline", ""));
    event(
        EventKind.BULK_REVOCATION_DONE, "certificate:01", id, Map.of("list", list, "revoked", "2"));
    String key = "ba".repeat(32);
    sql(
        "insert into blocked_key values ('"
            + key
            + "','"
            + at()
            + "','certificate:01','private-key',null)");
    event(
        EventKind.KEY_BLOCKED,
        "certificate:01",
        key,
        Map.of("proof", "private-key", "invalidityDate", "", "revoked", "0"));
  }

  private void counted(int made) throws SQLException {
    event(
        EventKind.SIGNATURES_COUNTED,
        "authority:hsm",
        "",
        Map.of(
            "process",
            "0",
            "since",
            START.toString(),
            "until",
            at().toString(),
            "key " + "0a".repeat(20),
            "certificate="
                + made
                + " crl="
                + crlNumber
                + " ocsp=4 checkpoint=0 request=1 proof=0"
                + " other=0"));
  }

  private void publish() throws SQLException {
    String note = copy.publish(signer);
    sql(
        "insert into ledger_checkpoint values ("
            + copy.tree().size()
            + ",'\\x"
            + copy.tree().root().hex()
            + "',now(),'"
            + note
            + "',now())");
  }

  /** After the copy was published: one certificate with leaves, one that waits for them. */
  private void behind(int i) throws SQLException {
    certificate(i * 20 + 1);
    sequenced = false;
    certificate(i * 20 + 3);
  }

  private void close() throws SQLException {
    entries.close();
    leaves.close();
    certificates.close();
    keys.close();
    copy.tree().partialTiles().forEach(this::tile);
    try (TableRows rows = table("ledger_tile", "level, n, hashes")) {
      for (var level : tiles.entrySet()) {
        for (var tile : level.getValue().entrySet()) {
          rows.row(level.getKey(), tile.getKey(), tile.getValue());
        }
      }
    }
    sql(REVOKED);
    sql(
        "insert into ledger_queue select id from ledger_entry e where not exists"
            + " (select from ledger_leaf where entry = e.id)");
    sql("alter table ledger_entry enable trigger ledger_await_leaf");
    sql("analyze");
  }

  private void event(EventKind kind, String actor, String subject, Map<String, String> facts)
      throws SQLException {
    boolean own = actor.startsWith("authority:");
    OrganizationId organization = new OrganizationId(own ? "chancery" : "acme");
    Event event = new Event(at(), kind, actor, organization, subject, facts);
    byte[] body = event.body();
    long id = next * 2 + 1; // ids have gaps, as rolled back transactions leave them
    entries.row(
        id, event.at(), kind, actor, organization, subject, body, Sha256.digest().digest(body));
    if (sequenced) {
      leaves.row(next, id);
      copy.add(body);
    }
    next++;
  }

  private Instant at() {
    return START.plusNanos(next * 1_250_000L);
  }

  private void tile(Tile tile) {
    tiles.computeIfAbsent(tile.level(), any -> new TreeMap<>()).put(tile.n(), tile.hashes());
  }

  private static byte[] serial(int i) {
    byte[] serial = new byte[20];
    new Random(i * 31L + 7).nextBytes(serial);
    serial[0] = (byte) (0x10 | (serial[0] & 0x3F));
    return serial;
  }

  private TableRows table(String name, String columns) throws SQLException {
    return new TableRows(database.connect(), name, columns);
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.connect();
        Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }
}

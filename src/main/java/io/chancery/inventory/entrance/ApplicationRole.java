package io.chancery.inventory.entrance;

import io.chancery.Failure;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refuses to serve as a role for whom row security does not hold, unless the operator says so. */
@Singleton
class ApplicationRole {
  private static final Logger LOG = Logger.getLogger(ApplicationRole.class);
  private static final int BEFORE_ALL_OTHERS = 1;
  private static final String ALLOW = "allow";
  private static final String REMEDY =
      "serve as a role that owns nothing and name the other as chancery.database.owner:"
          + " docs/operations.md, two roles; or accept it with chancery.database.one-role=allow";
  private static final String ASK =
      """
      select current_user, rolsuper, rolbypassrls,
        has_schema_privilege('public', 'create'),
        exists (select from pg_class c where c.relnamespace = 'public'::regnamespace
          and c.relkind in ('r', 'p') and pg_has_role(c.relowner, 'member')),
        coalesce((select has_table_privilege(c.oid, 'select') from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relname = 'organization'), false)
      from pg_roles where rolname = current_user
      """;

  private final DataSource source;
  private final Optional<String> oneRole;

  @Inject
  ApplicationRole(
      DataSource source,
      @ConfigProperty(name = "chancery.database.one-role") Optional<String> oneRole) {
    this.source = source;
    this.oneRole = oneRole;
  }

  void look(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent start) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(ASK);
        ResultSet role = statement.executeQuery()) {
      role.next();
      judge("database role " + role.getString(1), trouble(role), role.getBoolean(6));
    } catch (SQLException away) {
      // What needs the database says so itself, and the start waits for it where it can.
      LOG.warnf("the database's role could not be looked at: %s", away.getMessage());
    }
  }

  private void judge(String who, Optional<String> trouble, boolean mayRead) {
    if (!mayRead) {
      throw new Failure.Misconfigured(
              who,
              "may not read the tables",
              "start once with chancery.database.owner: the owner gives it its rights")
          .thrown();
    }
    if (trouble.isPresent() && oneRole.filter(ALLOW::equals).isEmpty()) {
      throw new Failure.Misconfigured(who, trouble.get(), REMEDY).thrown();
    }
    trouble.ifPresent(why -> LOG.warnf("%s %s: %s", who, why, REMEDY));
  }

  private static Optional<String> trouble(ResultSet role) throws SQLException {
    if (role.getBoolean(2) || role.getBoolean(3)) {
      return Optional.of("passes by row security (superuser or bypassrls)");
    }
    if (role.getBoolean(5)) {
      return Optional.of("owns tables, so that row security does not hold for it");
    }
    if (role.getBoolean(4)) {
      return Optional.of("may create tables in the schema public");
    }
    return Optional.empty();
  }
}

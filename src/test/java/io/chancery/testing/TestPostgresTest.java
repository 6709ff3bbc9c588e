package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestPostgresTest {
  @Test
  void everyDatabaseIsFresh() throws Exception {
    var one = TestPostgres.freshDatabase();
    var two = TestPostgres.freshDatabase();
    assertThat(one.jdbcUrl()).isNotEqualTo(two.jdbcUrl());
    try (var connection = one.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (a int)");
    }
    try (var connection = two.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (a int)");
    }
    assertThat(one.toString()).doesNotContain(one.password());
  }
}

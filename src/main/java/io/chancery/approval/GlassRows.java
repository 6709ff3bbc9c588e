package io.chancery.approval;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code broken_glass}. */
@Singleton
class GlassRows implements PanacheRepositoryBase<GlassRow, UUID> {
  Optional<GlassRow> unreviewed() {
    return find("reviewedAt is null").firstResultOptional();
  }

  List<GlassRow> newest(int most) {
    return find("order by at desc").page(0, most).list();
  }
}

package io.chancery.api;

import io.chancery.api.limits.RateHeaders;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Stands behind every resource: whoever has waited for a place makes room for the next, and each
 * answer says how much more may be asked.
 */
@Provider
class LastGate implements ContainerResponseFilter {
  @Inject Queue queue;
  @Inject RateHeaders rates;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    queue.leave();
    rates.write(response.getHeaders());
  }
}

/* http_load_field.h — the field lines that a location adds to its answers.
 * Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_FIELD_H
#define NETLAB_SERVICES_HTTP_LOAD_FIELD_H

#include "services/http/http_load_job.h"

/*
 * The lines that the keys headers and cache_control of SECTION, a location,
 * say, each with CRLF. Mistakes are told; what is wrong is left out.
 */
struct span http_load_field_lines(
    const struct http_load_job *job, cfg_t *section);

/* OUTER's lines but for those whose name INNER has, and INNER's behind them. */
struct span http_load_field_merge(
    const struct http_load_job *job, struct span outer, struct span inner);

#endif

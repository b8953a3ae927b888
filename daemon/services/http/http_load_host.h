/* http_load_host.h — the host names that lead to sites. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_HOST_H
#define NETLAB_SERVICES_HTTP_LOAD_HOST_H

#include "services/http/http_load_job.h"

/* A name, and where the file has it. */
struct http_load_host {
	struct http_host host;
	unsigned line;
};

/* The names of all sites. */
struct http_load_hosts {
	struct http_load_host *list; /* there is room for all */
	size_t count;
};

/* How many names SECTION, a site's, has. */
size_t http_load_host_count(cfg_t *section);

/* Adds the hostnames of SECTION, site number SITE, to HOSTS; where the key is
 * left out, its title. Mistakes are told. */
void http_load_host_read(const struct http_load_job *job, cfg_t *section,
    unsigned site, struct http_load_hosts *hosts);

/* HOSTS as a worker wants them, in order, into SITES. */
void http_load_host_finish(const struct http_load_job *job,
    struct http_load_hosts *hosts, struct http_sites *sites);

#endif

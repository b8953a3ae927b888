/* daytime_load.h — the daytime room's keys. Loader process only. */
#ifndef NETLAB_SERVICES_DAYTIME_LOAD_H
#define NETLAB_SERVICES_DAYTIME_LOAD_H

#include "service.h"
#include "services/daytime/daytime_line.h"

/* The room's part of the image. */
struct daytime_load_part {
	enum daytime_line_form form;
	bool is_local; /* the zone is the host's, not UTC */
	bool is_sync_required;
};

extern cfg_opt_t daytime_load_options[];

/* service.load: checks the keys, writes a struct daytime_load_part. */
void daytime_load(struct service_load *load);

#endif

/* master_load.c — the master sets a loader to work. */
#include "master/master_load.h"

#include "master/master_oom.h"
#include "master/master_watchdog.h"

bool
master_load_begin(struct master *master, const struct image *old)
{
	master_assert(master);
	master_oom_expose(master);
	bool is_started =
	    loader_start(master->options->file, old, &master->loading);

	master_oom_protect(master);
	master_watchdog_loading(master);
	return is_started;
}

/* http_load_private.c — password files and logs that a site would serve. Loader
 * process only. */
#include "services/http/http_load_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* PATH, absolute and without links, is served beneath ROOT: no name on the way
 * there begins with a dot. PATH is cut up. */
static bool
is_served(char *path, const struct stat *root)
{
	char *slash;
	struct stat st;

	while ((slash = strrchr(path, '/')) != NULL && slash[1] != '.') {
		/* The root folder's own slash stays. */
		slash[slash == path] = '\0';
		if (stat(path, &st) == 0 && st.st_dev == root->st_dev &&
		    st.st_ino == root->st_ino)
			return true;
		if (slash == path)
			return false;
	}
	return false;
}

static void
check(const struct http_load_job *job, cfg_t *section, const char *key,
    const struct http_sites *sites)
{
	char path[PATH_MAX], real[PATH_MAX], cut[PATH_MAX];
	struct stat root;

	if (!http_load_job_path(job, section, key, path) ||
	    realpath(path, real) == NULL)
		return;
	for (size_t i = 0; i < sites->site_count; i++) {
		memcpy(cut, real, strlen(real) + 1);
		if (fstat(sites->sites[i].root, &root) == -1 ||
		    !is_served(cut, &root))
			continue;
		http_load_job_warn(job, section, key, 0,
		    "%s: lies beneath a root, so that anybody can fetch it: "
		    "move it, or begin its name with a dot",
		    path);
		return;
	}
}

/* The locations of SECTION, a site's. */
static void
check_locations(const struct http_load_job *job, cfg_t *section,
    const struct http_sites *sites)
{
	for (unsigned i = 0; i < cfg_size(section, "location"); i++) {
		cfg_t *location = cfg_getnsec(section, "location", i);
		const char *file = cfg_getstr(location, "auth_file");

		if (file != NULL && file[0] != '\0')
			check(job, location, "auth_file", sites);
	}
}

void
http_load_private_check(
    const struct http_load_job *job, const struct http_sites *sites)
{
	cfg_t *section = job->load->section;

	check_locations(job, section, sites);
	for (unsigned i = 0; i < cfg_size(section, "site"); i++)
		check_locations(job, cfg_getnsec(section, "site", i), sites);
	if (job->load->file_count > sites->site_count)
		check(job, section, "access_log", sites);
}

/* ntp_load.c — the time section → the room's part. */
#include "services/ntp/ntp_load.h"

#include "services/ntp/ntp_load_keys.h"
#include "services/ntp/ntp_settings.h"

#include <stddef.h>

cfg_opt_t ntp_load_options[] = {
    CFG_BOOL("legacy", cfg_false, CFGF_NONE),
    CFG_BOOL("symmetric", cfg_false, CFGF_NONE),
    CFG_BOOL("interleaved", cfg_true, CFGF_NONE),
    CFG_BOOL("kod", cfg_false, CFGF_NONE),
    CFG_STR("keys", NULL, CFGF_NODEFAULT),
    CFG_BOOL("weak_keys", cfg_false, CFGF_NONE),
    CFG_END(),
};

void
ntp_load(struct service_load *load)
{
	size_t at = image_writer_reserve(load->image,
	    sizeof(struct ntp_settings), _Alignof(struct ntp_settings));

	if (at == SIZE_MAX) {
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
		return;
	}
	/* Their place is right behind the settings. */
	_Static_assert(
	    offsetof(struct ntp_settings, keys) == sizeof(struct ntp_settings),
	    "no padding between settings and keys");
	uint32_t key_count = ntp_load_keys(load);
	struct ntp_settings *settings = image_writer_at(load->image, at);

	*settings = (struct ntp_settings){
	    .has_legacy = cfg_getbool(load->section, "legacy"),
	    .has_symmetric = cfg_getbool(load->section, "symmetric"),
	    .has_interleaved = cfg_getbool(load->section, "interleaved"),
	    .has_kod = cfg_getbool(load->section, "kod"),
	    .key_count = key_count,
	};
}

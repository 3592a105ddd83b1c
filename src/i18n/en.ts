import account from './en/account.json' with { type: 'json' };
import act from './en/act.json' with { type: 'json' };
import adopted from './en/adopted.json' with { type: 'json' };
import against from './en/against.json' with { type: 'json' };
import alerts from './en/alerts.json' with { type: 'json' };
import amend from './en/amend.json' with { type: 'json' };
import audit from './en/audit.json' with { type: 'json' };
import bring from './en/bring.json' with { type: 'json' };
import certified from './en/certified.json' with { type: 'json' };
import chart from './en/chart.json' with { type: 'json' };
import check from './en/check.json' with { type: 'json' };
import coalition from './en/coalition.json' with { type: 'json' };
import coding from './en/coding.json' with { type: 'json' };
import correction from './en/correction.json' with { type: 'json' };
import counsel from './en/counsel.json' with { type: 'json' };
import coverage from './en/coverage.json' with { type: 'json' };
import data from './en/data.json' with { type: 'json' };
import dates from './en/dates.json' with { type: 'json' };
import draft from './en/draft.json' with { type: 'json' };
import elsewhere from './en/elsewhere.json' with { type: 'json' };
import fetching from './en/fetch.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import given from './en/given.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import identifier from './en/identifier.json' with { type: 'json' };
import instead from './en/instead.json' with { type: 'json' };
import invitation from './en/invitation.json' with { type: 'json' };
import join from './en/join.json' with { type: 'json' };
import key from './en/key.json' with { type: 'json' };
import law from './en/law.json' with { type: 'json' };
import library from './en/library.json' with { type: 'json' };
import life from './en/life.json' with { type: 'json' };
import lineage from './en/lineage.json' with { type: 'json' };
import lists from './en/lists.json' with { type: 'json' };
import loss from './en/loss.json' with { type: 'json' };
import names from './en/names.json' with { type: 'json' };
import newer from './en/newer.json' with { type: 'json' };
import packet from './en/packet.json' with { type: 'json' };
import pipeline from './en/pipeline.json' with { type: 'json' };
import place from './en/place.json' with { type: 'json' };
import program from './en/program.json' with { type: 'json' };
import protection from './en/protection.json' with { type: 'json' };
import reading from './en/reading.json' with { type: 'json' };
import record from './en/record.json' with { type: 'json' };
import redline from './en/redline.json' with { type: 'json' };
import remark from './en/remark.json' with { type: 'json' };
import reuse from './en/reuse.json' with { type: 'json' };
import review from './en/review.json' with { type: 'json' };
import shelf from './en/shelf.json' with { type: 'json' };
import suggestion from './en/suggestion.json' with { type: 'json' };
import takeout from './en/takeout.json' with { type: 'json' };
import template from './en/template.json' with { type: 'json' };
import upload from './en/upload.json' with { type: 'json' };
import watch from './en/watch.json' with { type: 'json' };
import write from './en/write.json' with { type: 'json' };

/** Every word of the interface in English, one file for each part of the site; the keys say which. */
export const en = {
	...frame,
	...account,
	...act,
	...adopted,
	...certified,
	...amend,
	...life,
	...elsewhere,
	...against,
	...given,
	...home,
	...watch,
	...write,
	...chart,
	...reading,
	...record,
	...place,
	...lineage,
	...lists,
	...loss,
	...check,
	...coalition,
	...correction,
	...data,
	...counsel,
	...draft,
	...dates,
	...fetching,
	...invitation,
	...join,
	...names,
	...newer,
	...packet,
	...pipeline,
	...redline,
	...remark,
	...instead,
	...reuse,
	...review,
	...suggestion,
	...takeout,
	...template,
	...upload,
	...coding,
	...bring,
	...law,
	...library,
	...protection,
	...coverage,
	...shelf,
	...audit,
	...identifier,
	...alerts,
	...key,
	...program,
};

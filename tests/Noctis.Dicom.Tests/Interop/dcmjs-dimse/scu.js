'use strict';
// A client made of dcmjs-dimse: does the one thing that its argument (JSON) asks for, and prints what came of it as JSON.
//   port, called              the listener on the loopback interface
//   tls                       path of the authority to trust; without it in the clear
//   operation                 echo, store, find, worklist, move, get, step (MPPS), commit
//   files, keys, level, study, destination, folder, cancel, uid, references     what the operation needs
const fs = require('node:fs');
const path = require('node:path');

// dcmjs tells the console what it guesses; the outcome alone is to be read there.
for (const level of ['info', 'log', 'warn', 'error']) {
  console[level] = () => {};
}
const { Client, Dataset, constants, log, requests, responses } = require('dcmjs-dimse');

const { SopClass, Status } = constants;
log.setLevel('silent');

const job = JSON.parse(process.argv[2]);
const outcome = { responses: [], received: [], reports: [], error: null };
const client = new Client();

const withDataset = (request, elements) => {
  request.setDataset(new Dataset(elements));
  return request;
};

const makers = {
  echo: () => [new requests.CEchoRequest()],
  store: () => job.files.map((file) => new requests.CStoreRequest(file)),
  find: () => [
    job.level === 'STUDY'
      ? requests.CFindRequest.createStudyFindRequest(job.keys)
      : requests.CFindRequest.createImageFindRequest(job.keys),
  ],
  worklist: () => [requests.CFindRequest.createWorklistFindRequest(job.keys)],
  move: () => [requests.CMoveRequest.createStudyMoveRequest(job.destination, job.study)],
  get: () => [requests.CGetRequest.createStudyGetRequest(job.study)],
  step: () => [
    withDataset(new requests.NCreateRequest(SopClass.ModalityPerformedProcedureStep, job.uid), {
      PerformedProcedureStepStatus: 'IN PROGRESS',
    }),
    withDataset(new requests.NSetRequest(SopClass.ModalityPerformedProcedureStep, job.uid), {
      PerformedProcedureStepStatus: 'COMPLETED',
    }),
  ],
  commit: () => [
    withDataset(
      new requests.NActionRequest(SopClass.StorageCommitmentPushModel, '1.2.840.10008.1.20.1.1', 1),
      { TransactionUID: job.uid, ReferencedSOPSequence: job.references }
    ),
  ],
};

for (const request of makers[job.operation]()) {
  request.on('response', (response) => {
    outcome.responses.push({
      status: response.getStatus(),
      dataset: response.hasDataset() ? response.getDataset().getElements() : null,
    });
    if (outcome.responses.length === job.cancel) {
      client.cancel(request);
    }
  });
  client.addRequest(request);
}

client.on('cStoreRequest', (request, callback) => {
  const file = path.join(job.folder, `${request.getAffectedSopInstanceUid()}.dcm`);
  request.getDataset().toFile(file);
  outcome.received.push(file);
  const response = responses.CStoreResponse.fromRequest(request);
  response.setStatus(Status.Success);
  callback(response);
});
client.on('nEventReportRequest', (request, callback) => {
  outcome.reports.push(request.getDataset().getElements());
  const response = responses.NEventReportResponse.fromRequest(request);
  response.setStatus(Status.Success);
  callback(response);
});
client.on('associationRejected', (reject) => (outcome.error = reject));
client.on('networkError', (error) => (outcome.error = error.message));
client.on('closed', () => {
  fs.writeSync(1, JSON.stringify(outcome));
  process.exit(0);
});
client.send('127.0.0.1', job.port, job.calling ?? 'DCMJS', job.called, {
  associationLingerTimeout: job.linger ?? 0,
  securityOptions: job.tls ? { ca: fs.readFileSync(job.tls), rejectUnauthorized: true } : undefined,
});

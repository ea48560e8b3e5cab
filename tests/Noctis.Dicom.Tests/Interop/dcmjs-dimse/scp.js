'use strict';
// A server made of dcmjs-dimse, which keeps what it is sent in memory and answers from there. Its argument (JSON):
//   port                      where it listens on the loopback interface
//   destinations              ports by AE title, for C-MOVE
//   tls                       { key, cert }: paths; without it in the clear
const fs = require('node:fs');
const { Client, Dataset, Scp, Server, constants, log, requests, responses } = require('dcmjs-dimse');

const { PresentationContextResult, SopClass, Status } = constants;
log.setLevel('silent');

const job = JSON.parse(process.argv[2]);
const images = [];
const steps = new Map();

const answer = (kind, request, status, elements) => {
  const response = kind.fromRequest(request);
  response.setStatus(status);
  if (elements) {
    response.setDataset(new Dataset(elements));
  }
  return response;
};
const imagesOf = (request) =>
  images.filter((image) => image.getElement('StudyInstanceUID') === request.getDataset().getElement('StudyInstanceUID'));

// The counts of the sub-operations, which are what the requestor goes by.
const count = (response, done, left) => {
  if (left > 0) {
    response.setRemaining(left);
  }
  response.setCompleted(done);
  response.setFailures(0);
  response.setWarnings(0);
  return response;
};

class ArchiveScp extends Scp {
  associationRequested(association) {
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      context.setResult(PresentationContextResult.Accept, context.getTransferSyntaxUids()[0]);
    }
    this.sendAssociationAccept();
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }

  cEchoRequest(request, callback) {
    callback(answer(responses.CEchoResponse, request, Status.Success));
  }

  cStoreRequest(request, callback) {
    images.push(request.getDataset());
    callback(answer(responses.CStoreResponse, request, Status.Success));
  }

  cFindRequest(request, callback) {
    const level = request.getDataset().getElement('QueryRetrieveLevel');
    const key = level === 'STUDY' ? 'StudyInstanceUID' : 'SOPInstanceUID';
    const found = new Map(images.map((image) => [image.getElement(key), image]));
    callback([
      ...[...found].map(([uid, image]) =>
        answer(responses.CFindResponse, request, Status.Pending, {
          QueryRetrieveLevel: level,
          [key]: uid,
          PatientName: image.getElement('PatientName'),
        })
      ),
      answer(responses.CFindResponse, request, Status.Success),
    ]);
  }

  cGetRequest(request, callback) {
    this.sendRequests(this.storesOf(responses.CGetResponse, request, callback));
  }

  cMoveRequest(request, callback) {
    const port = job.destinations[request.getCommandDataset().getElement('MoveDestination')];
    if (!port) {
      callback(answer(responses.CMoveResponse, request, 0xa801));
      return;
    }
    const client = new Client();
    this.storesOf(responses.CMoveResponse, request, callback).forEach((store) => client.addRequest(store));
    client.send('127.0.0.1', port, 'DCMJS', 'ANY');
  }

  nCreateRequest(request, callback) {
    steps.set(request.getAffectedSopInstanceUid(), request.getDataset().getElements());
    callback(answer(responses.NCreateResponse, request, Status.Success));
  }

  nSetRequest(request, callback) {
    const step = steps.get(request.getRequestedSopInstanceUid());
    Object.assign(step, request.getDataset().getElements());
    callback(answer(responses.NSetResponse, request, Status.Success, step));
  }

  nActionRequest(request, callback) {
    callback(answer(responses.NActionResponse, request, Status.Success));
    const kept = images.map((image) => image.getElement('SOPInstanceUID'));
    const asked = [request.getDataset().getElement('ReferencedSOPSequence')].flat();
    const committed = asked.filter((reference) => kept.includes(reference.ReferencedSOPInstanceUID));
    const failed = asked.filter((reference) => !committed.includes(reference));
    const report = new requests.NEventReportRequest(
      SopClass.StorageCommitmentPushModel, '1.2.840.10008.1.20.1.1', failed.length > 0 ? 2 : 1);
    report.setDataset(
      new Dataset({
        TransactionUID: request.getDataset().getElement('TransactionUID'),
        ReferencedSOPSequence: committed,
        ...(failed.length > 0 && { FailedSOPSequence: failed.map((reference) => ({ ...reference, FailureReason: 0x0112 })) }),
      })
    );
    this.sendRequests(report);
  }

  // The answers go out together when all is sent, since a callback can be called once.
  storesOf(kind, request, callback) {
    const found = imagesOf(request);
    const answers = [];
    return found.map((image) => {
      const store = new requests.CStoreRequest(image);
      store.on('response', () => {
        const left = found.length - answers.length - 1;
        answers.push(count(answer(kind, request, left > 0 ? Status.Pending : Status.Success), answers.length + 1, left));
        if (left === 0) {
          callback(answers);
        }
      });
      return store;
    });
  }
}

new Server(ArchiveScp).listen(job.port, {
  securityOptions: job.tls ? { key: fs.readFileSync(job.tls.key), cert: fs.readFileSync(job.tls.cert) } : undefined,
});

import type { InstitutionId } from '../values/ids.ts'
import type { InstitutionStore } from './index.ts'
import type { Picture } from './model.ts'

export type ShowPictureDeps = {
  readonly catalogue: <T>(work: (institutions: Pick<InstitutionStore, 'picture'>) => Promise<T>) => Promise<T>
}

/** What is kept of a bank's picture, which is nobody's secret; nothing is fetched for whoever asks. */
export const showPicture = ({ catalogue }: ShowPictureDeps, id: InstitutionId): Promise<Picture | undefined> =>
  catalogue((institutions) => institutions.picture(id))
